using System.Net;
using BuildFunctions.FunctionsHost.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>The gRPC server for workers, on a port of this machine alone. A server of its own: it has to live on while the public one drains.</summary>
internal sealed class WorkerServer(WorkerRpc rpc, ILoggerFactory loggers) : IAsyncDisposable
{
    private WebApplication? _server;

    public async Task<Uri> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(loggers).AddSingleton(rpc).AddSingleton<IHostLifetime, NestedLifetime>();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        _server = builder.Build();
        _server.MapGrpcService<WorkerRpc>();
        await _server.StartAsync();
        return new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await _server.StopAsync(now.Token);
            await _server.DisposeAsync();
        }
    }
}
