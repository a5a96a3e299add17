using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask.Client;
using static BuildFunctions.Engine.History.HistoryEvent;

namespace BuildFunctions.Engine.Management;

/// <summary>What the hub's pages show: instances by state, and one instance's history as a timeline.</summary>
internal sealed class HubReport(TaskHub hub)
{
    private const int PageSize = 100;
    private const int LongestDetail = 2_000;

    public sealed record Listed(string Id, string Name, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? CustomStatus, string? Failure);

    public sealed record ListPage(string Hub, string Owner, long Epoch, IReadOnlyList<Listed> Instances, string? Next);

    public sealed record Entry(DateTimeOffset At, string What, string? Detail);

    public sealed record Waiting(string What, DateTimeOffset? Until);

    public sealed record InstancePage(
        Listed Instance, int Generation, int Sequence, string? Parent, string? Input, string? Output,
        IReadOnlyList<Waiting> Open, IReadOnlyList<Entry> Timeline);

    public async Task<ListPage> ListAsync(OrchestrationRuntimeStatus? status, string? prefix, string? after, CancellationToken cancellation)
    {
        var query = new HeadQuery(status is { } one ? [one] : null, IdPrefix: prefix, After: after);
        var heads = await hub.Environment.Store.QueryAsync(query, cancellation).Take(PageSize).ToListAsync(cancellation);
        var ownership = hub.Environment.Ownership;
        return new ListPage(
            hub.Environment.Options.HubName, ownership.Owner, ownership.Epoch,
            [.. heads.OrderByDescending(head => head.UpdatedAt).Select(Describe)], heads.Count == PageSize ? heads[^1].Id : null);
    }

    public async Task<InstancePage?> GetAsync(string id, CancellationToken cancellation)
    {
        if (await hub.Environment.Store.ReadAsync(id, withEvents: true, cancellation) is not { Head: var head } stored)
        {
            return null;
        }

        var events = await hub.Payloads.ReadAsync(stored.Events, withPayloads: false, cancellation);
        var state = new Orchestration.InstanceState(head);
        state.Apply(head, events);
        var waits = head.IsTerminal ? [] : hub.Find(id)?.WaitsFor.Select(name => new Waiting($"event '{name}'", null)) ?? [];
        var open = head.IsTerminal ? [] : state.Open.Values.Select(
            opening => new Waiting(opening.Describe(), (opening as TimerScheduled)?.FireAt));
        return new InstancePage(
            Describe(head), head.Generation, head.Sequence, head.ParentId, Cut(head.Input), Cut(head.Output),
            [.. open, .. waits], Timeline(head, events));
    }

    private static List<Entry> Timeline(InstanceHead head, IReadOnlyList<HistoryEvent> events)
    {
        var at = head.CreatedAt;
        var entries = new List<Entry>(events.Count);
        var names = events.OfType<Opening>().ToDictionary(opening => opening.Id, opening => opening.Describe());
        foreach (var happened in events)
        {
            at = happened switch { TurnStarted turn => turn.At, ExecutionStarted started => started.At, _ => at };
            if (happened is not TurnStarted)
            {
                var what = happened is Closing closing && names.TryGetValue(closing.Id, out var name)
                    ? $"{name} {(happened is TaskFailed failed ? $"failed: {failed.Failure}" : happened is TimerCancelled ? "cancelled" : "completed")}"
                    : happened.Describe();
                entries.Add(new Entry(at, what, Cut(happened.Payload)));
            }
        }

        return entries;
    }

    private static Listed Describe(InstanceHead head) =>
        new(head.Id, head.Name, head.Status.ToString(), head.CreatedAt, head.UpdatedAt, Cut(head.CustomStatus), Cut(head.Failure is null ? null : head.Output));

    private static string? Cut(string? text) => text?.Length > LongestDetail ? text[..LongestDetail] + "…" : text;
}
