using System.Collections.Concurrent;
using BuildFunctions.FunctionsHost.Protocol;
using Grpc.Core;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>Where workers connect: each stream goes to whoever started the worker of that id, anything else is refused.</summary>
internal sealed class WorkerRpc(WorkerLog log, IHostApplicationLifetime lifetime) : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> _expected = new();

    public Task<WorkerChannel> ExpectAsync(string workerId) =>
        _expected.GetOrAdd(workerId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Forget(string workerId) => _expected.TryRemove(workerId, out _);

    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopped);
        if (!await requestStream.MoveNext(stop.Token) ||
            requestStream.Current.StartStream is not { } start ||
            !_expected.TryRemove(start.WorkerId, out var expected))
        {
            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "This host started no such worker."));
        }

        var channel = new WorkerChannel(requestStream, responseStream, log);
        expected.TrySetResult(channel);
        await channel.RunAsync(stop.Token);
    }
}
