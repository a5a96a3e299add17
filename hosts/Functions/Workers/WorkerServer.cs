using System.Collections.Concurrent;
using System.Net;
using BuildFunctions.FunctionsHost.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>
/// Where workers connect, on a port of this machine alone. A server of its own: it has to live on while the public one drains. A stream goes to whoever
/// started the worker of that id; anybody else is refused.
/// </summary>
internal sealed class WorkerServer(WorkerLog log, ILoggerFactory loggers) : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> _expected = new();

    public async Task<Uri> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(loggers).AddSingleton(this).AddSingleton<IHostLifetime, NestedLifetime>();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        var server = builder.Build();
        server.MapGrpcService<WorkerServer>();
        await server.StartAsync();
        return new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Task<WorkerChannel> ExpectAsync(string workerId) =>
        _expected.GetOrAdd(workerId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Forget(string workerId) => _expected.TryRemove(workerId, out _);

    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.StartStream is not { } start ||
            !_expected.TryRemove(start.WorkerId, out var expected))
        {
            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "This host started no such worker."));
        }

        var channel = new WorkerChannel(requestStream, responseStream, log);
        expected.TrySetResult(channel);
        await channel.RunAsync(context.CancellationToken);
    }
}
