using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Bench;

/// <summary>A deployed page of 10 KB against Kestrel's static files with the same page, in one process, in turns; and how long a rollback takes.</summary>
internal static class SiteBench
{
    private const double Bar = 0.6;
    private const int Connections = 32;
    private const int Rounds = 3;
    private const string Page = "/page.html";
    private static readonly TimeSpan _roundLength = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(TextWriter output)
    {
        await using var azurite = await Azurite.StartAsync();
        var storage = new BrokerStorage(new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString), Options.Create(new StorageOptions()));
        await storage.EnsureCreatedAsync(default);
        var html = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(5 * 1024)));
        var folder = Directory.CreateTempSubdirectory("bf-bench-");
        try
        {
            await File.WriteAllBytesAsync(folder.FullName + Page, html);
            await using var files = await StartAsync(app => app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder.FullName) }));

            var table = new DeploymentTable(storage);
            var pointers = new LivePointers(table, TimeProvider.System, NullLogger<LivePointers>.Instance);
            var deployments = new AppDeployments(table, pointers, TimeProvider.System);
            AppName.TryParse("bench", out var name);
            await DeployAsync(storage, deployments, name, html);
            var options = Options.Create(new SiteOptions());
            var server = new SiteServer(pointers, table, new(new(new(storage)), options), new(options, new()), TimeProvider.System);
            await using var sites = await StartAsync(app => app.Run(context => server.ServeAsync(context, name, null, context.Request.Path.Value!)));

            await MeasureAsync(files);
            await MeasureAsync(sites);
            double filesBest = 0, sitesBest = 0;
            for (var round = 0; round < Rounds; round++)
            {
                filesBest = Math.Max(filesBest, await MeasureAsync(files));
                sitesBest = Math.Max(sitesBest, await MeasureAsync(sites));
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"10 KB page, {Connections} connections: static files {filesBest:F0} req/s   site {sitesBest:F0} req/s   ratio {sitesBest / filesBest:F2} (bar {Bar}) {(sitesBest / filesBest >= Bar ? "ok" : "UNDER")}"));
            await RollbacksAsync(deployments, name, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DeployAsync(BrokerStorage storage, AppDeployments deployments, AppName app, byte[] html)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Page[1..]) { DataStream = new MemoryStream(html) });
        }

        var container = new ArtifactContainer(storage);
        var artifacts = new ArtifactStore(container);
        var stored = await artifacts.StoreAsync(new MemoryStream(tar.ToArray()), default);
        var release = await new ReleaseBuilder(container, artifacts, new(container)).BuildAsync(stored.Sha256, default);
        for (var i = 1; i <= 9; i++)
        {
            var time = DateTimeOffset.UnixEpoch.AddSeconds(i);
            var record = new DeploymentRecord { Id = DeploymentId.Create(time, new byte[10]), App = app, Release = release.Id, CreatedAt = time };
            await deployments.GoLiveAsync(record, BuildId.Create(time, new byte[10]), default);
        }
    }

    private static async Task RollbacksAsync(AppDeployments deployments, AppName app, TextWriter output)
    {
        var times = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var watch = Stopwatch.StartNew();
            await deployments.RollbackAsync(app, null, default);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rollback: median {times.Order().ElementAt(4):F1} ms, worst {times.Max():F1} ms (bar 50)"));
    }

    private static async Task<WebApplication> StartAsync(Action<WebApplication> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        configure(app);
        await app.StartAsync();
        return app;
    }

    private static async Task<double> MeasureAsync(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new(address) };
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var count = 0;
            for (; watch.Elapsed < _roundLength; count++)
            {
                await client.GetByteArrayAsync(Page);
            }

            return count;
        }));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
