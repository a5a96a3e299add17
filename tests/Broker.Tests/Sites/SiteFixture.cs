using System.Net;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Sites;

/// <summary>Sites on Kestrel over Azurite: by host name, and by path under /sites.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private int _deployed;
    private WebApplication _server = null!;
    private ReleaseBuilder _builder = null!;
    private ArtifactStore _artifacts = null!;

    public HttpClient Client { get; private set; } = null!;

    internal AppDeployments Deployments { get; private set; } = null!;

    internal ArtifactContainer Container { get; private set; } = null!;

    internal DeploymentTable Table { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var storage = await Containers.StorageAsync();
        Container = new(storage);
        _artifacts = new(Container);
        _builder = new(Container, _artifacts, new(Container));
        Table = new(storage);
        var pointers = new LivePointers(Table, TimeProvider.System, NullLogger<LivePointers>.Instance);
        Deployments = new(Table, pointers, TimeProvider.System);
        var options = Options.Create(new SiteOptions());
        var hosts = new SiteHosts(options, new());
        var sites = new SiteServer(pointers, Table, new(new(Container), options), hosts, TimeProvider.System);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context => hosts.Find(context.Request.Host) is { } site
            ? sites.ServeAsync(context, site.App, site.Deployment, context.Request.Path.Value!)
            : context.Request.Path.StartsWithSegments("/sites", out var rest) && rest.Value!.Split('/', 3) is var parts && AppName.TryParse(parts[1], out var app)
                ? sites.ServeAsync(context, app, null, parts.Length == 3 ? "/" + parts[2] : "")
                : Task.CompletedTask);
        await _server.StartAsync();
        var port = new Uri(_server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new($"http://127.0.0.1:{port}") };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }

    internal async Task<DeploymentRecord> DeployAsync(string app, TarBuilder tar, bool singlePage = false)
    {
        AppName.TryParse(app, out var name);
        var time = DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref _deployed));
        var stored = await _artifacts.StoreAsync(new MemoryStream(tar.TarGz()), default);
        var release = await _builder.BuildAsync(stored.Sha256, default);
        var record = new DeploymentRecord { Id = DeploymentId.Create(time, new byte[10]), App = name, Release = release.Id, SinglePage = singlePage, CreatedAt = time };
        await Deployments.GoLiveAsync(record, BuildId.Create(time, new byte[10]), default);
        return record;
    }

    internal Task<HttpResponseMessage> GetAsync(string host, string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, host, path, headers);

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string host, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }
}
