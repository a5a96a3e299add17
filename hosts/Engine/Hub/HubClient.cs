using System.Text.Json;
using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace BuildFunctions.Engine.Hub;

/// <summary>The client of the hub in this process.</summary>
internal sealed class HubClient(TaskHub hub) : DurableTaskClient(hub.Environment.Options.HubName)
{
    private readonly HubEnvironment _environment = hub.Environment;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name);
        var refused = (options?.DedupeStatuses ?? []).Select(Enum.Parse<OrchestrationRuntimeStatus>).ToHashSet();
        var request = new StartRequest(
            InstanceIds.Verify(options?.InstanceId) ?? _environment.NewId().ToString("N"), orchestratorName.Name, Text(input),
            head => refused.Contains(head.Status))
        {
            IsFresh = options?.InstanceId is null,
            StartAt = options?.StartAt,
            Version = options?.Version?.Version,
            Tags = options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags, HistoryJson.Default.IReadOnlyDictionaryStringString) : null,
        };
        return await StartAsync(request, cancellation);
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        await SendAsync(instanceId, new HistoryEvent.EventRaised(eventName, Text(eventPayload)), cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent.Terminated(Text(options?.Output), options?.Recursive == true), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent.Suspended(reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent.Resumed(reason), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, head => head.Status is not Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, head => head.IsTerminal, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await hub.ReadAsync(instanceId, cancellation) is { } head ? await DescribeAsync(head, getInputsAndOutputs, cancellation) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create(async (string? token, int? sizeHint, CancellationToken cancellation) =>
        {
            var size = sizeHint ?? filter.PageSize;
            var query = new HeadQuery(
                filter.Statuses?.ToArray() is { Length: > 0 } statuses ? statuses : null, filter.CreatedFrom, filter.CreatedTo,
                filter.InstanceIdPrefix, token ?? filter.ContinuationToken);
            var page = new List<OrchestrationMetadata>(size);
            await foreach (var head in _environment.Store.QueryAsync(query, cancellation))
            {
                page.Add(await DescribeAsync(head, filter.FetchInputsAndOutputs, cancellation));
                if (page.Count == size)
                {
                    return new Page<OrchestrationMetadata>(page, head.Id);
                }
            }

            return new Page<OrchestrationMetadata>(page);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await hub.WhenReadyAsync(cancellation);
        if (await hub.ReadAsync(instanceId, cancellation) is not { } head)
        {
            return new PurgeResult(0);
        }

        if (!head.IsTerminal || IsAwaited(head))
        {
            throw new InvalidOperationException("Only orchestrations in a terminal state can be purged, and no child whose parent has not seen its end.");
        }

        var purged = 0;
        if (options?.Recursive == true)
        {
            var stored = await _environment.Store.ReadAsync(instanceId, withEvents: true, cancellation);
            foreach (var child in (await hub.Payloads.ReadAsync(stored?.Events ?? [], false, cancellation)).OfType<HistoryEvent.ChildScheduled>())
            {
                purged += (await PurgeInstanceAsync(child.InstanceId, options, cancellation)).PurgedInstanceCount;
            }
        }

        return new PurgeResult(purged + (await _environment.Store.PurgeAsync(instanceId, cancellation) ? 1 : 0));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var statuses = filter.Statuses?.ToArray() is { Length: > 0 } given ? given : [Completed, Failed, Terminated];
        var started = _environment.Time.GetTimestamp();
        var (count, complete) = (0, true);
        await foreach (var head in _environment.Store.QueryAsync(new HeadQuery(statuses, filter.CreatedFrom, filter.CreatedTo), cancellation))
        {
            if (filter.Timeout is { } timeout && _environment.Time.GetElapsedTime(started) > timeout)
            {
                return new PurgeResult(count, false);
            }

            if (head.IsTerminal && !IsAwaited(head))
            {
                count += (await PurgeInstanceAsync(head.Id, options, cancellation)).PurgedInstanceCount;
            }
            else
            {
                complete = false;
            }
        }

        return new PurgeResult(count, complete);
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var head = await hub.ReadAsync(instanceId, cancellation)
            ?? throw new ArgumentException($"An orchestration with the instanceId {instanceId} was not found.", nameof(instanceId));
        var id = restartWithNewInstanceId ? _environment.NewId().ToString("N") : instanceId;
        if (!restartWithNewInstanceId && !head.IsTerminal)
        {
            throw new InvalidOperationException($"The orchestration {instanceId} is still running and can only be restarted with a new id.");
        }

        var input = await hub.Payloads.ResolveAsync(head.Input, cancellation);
        return await StartAsync(
            new StartRequest(id, head.Name, input, _ => false) { IsFresh = restartWithNewInstanceId, Version = head.Version, Tags = head.Tags },
            cancellation);
    }

    private async Task<string> StartAsync(StartRequest request, CancellationToken cancellation)
    {
        var (isNew, _) = await hub.StartAsync(request, cancellation);
        return isNew ? request.Id : throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {request.Id} already exists.");
    }

    private async Task SendAsync(string instanceId, HistoryEvent happened, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var delivery = await hub.DeliverAsync(instanceId, happened, cancellation);
        if (delivery is not Delivery.Taken)
        {
            throw Refused(instanceId, delivery);
        }
    }

    /// <summary>What the client of Durable Functions throws, so that an app tells both apart from trouble in the same way.</summary>
    private static RpcException Refused(string instanceId, Delivery delivery) => new(delivery is Delivery.Unknown
        ? new Status(StatusCode.NotFound, $"Instance '{instanceId}' does not exist.")
        : new Status(StatusCode.FailedPrecondition, $"Instance '{instanceId}' has ended."));

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceHead, bool> until, bool withData, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await DescribeAsync(await hub.WaitAsync(instanceId, until, cancellation), withData, cancellation);
    }

    private bool IsAwaited(InstanceHead child) => child.ParentId is { } parent
        && hub.Find(parent) is { State: { } state }
        && state.Head.Generation == child.ParentGeneration
        && state.Open.ContainsKey(child.ParentTaskId);

    private string? Text(object? value)
    {
        var text = _environment.Converter.Serialize(value);
        return text is null || text.Length <= _environment.Options.MaximumPayload
            ? text : throw new ArgumentException($"The payload has {text.Length} UTF-16 units; the most is {_environment.Options.MaximumPayload}.", nameof(value));
    }

    private async Task<OrchestrationMetadata> DescribeAsync(InstanceHead head, bool withData, CancellationToken cancellation) => new(head.Name, head.Id)
    {
        RuntimeStatus = head.Status,
        CreatedAt = head.CreatedAt,
        LastUpdatedAt = head.UpdatedAt,
        SerializedInput = withData ? await hub.Payloads.ResolveAsync(head.Input, cancellation) : null,
        SerializedOutput = withData ? await hub.Payloads.ResolveAsync(head.Output, cancellation) : null,
        SerializedCustomStatus = withData ? head.CustomStatus : null,
        FailureDetails = HistoryJson.ReadFailure(await hub.Payloads.ResolveAsync(head.Failure, cancellation)),
        Tags = head.Tags is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(head.Tags, HistoryJson.Default.IReadOnlyDictionaryStringString)!,
        DataConverter = withData ? _environment.Converter : null,
    };
}
