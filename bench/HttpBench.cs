using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BuildFunctions.Embedded;
using BuildFunctions.Embedded.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Bench;

/// <summary>An embedded function against a bare minimal-API endpoint that sends the same bytes: both on Kestrel, in one process, in turns.</summary>
internal static class HttpBench
{
    private const double Bar = 1.3;
    private const int Connections = 64;
    private const int Rounds = 4;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(TextWriter output)
    {
        await using var bare = (WebApplication)await StartAsync(Bare());
        await using var embedded = (WebApplication)await StartAsync(Embedded());
        output.WriteLine($"{Connections} connections, {Rounds} rounds of {RoundLength.TotalSeconds} s in turns, best round counts");
        foreach (var path in new[] { "/api/hello/world", "/api/action/world" })
        {
            await MeasureAsync(bare, path);
            await MeasureAsync(embedded, path);
            double bareBest = 0, embeddedBest = 0;
            for (var round = 0; round < Rounds; round++)
            {
                bareBest = Math.Max(bareBest, await MeasureAsync(bare, path));
                embeddedBest = Math.Max(embeddedBest, await MeasureAsync(embedded, path));
            }

            var ratio = bareBest / embeddedBest;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path,-18} minimal API {bareBest,8:F0} req/s   function {embeddedBest,8:F0} req/s   ratio {ratio:F2} (bar {Bar}) {(ratio <= Bar ? "ok" : "OVER")}"));
        }
    }

    private static IHost Bare()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(server => server.AddServerHeader = false);
        var app = builder.Build();
        app.MapGet("/api/hello/{name}", (string name) => Results.Text($"Hello, {name}"));
        app.MapGet("/api/action/{name}", (string name, HttpContext http) =>
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            return http.Response.WriteAsync($"Hello, {name}");
        });
        return app;
    }

    private static IHost Embedded()
    {
        var builder = new EmbeddedApplicationBuilder(new HostSources
        {
            // The broker's host.json, which lies in this folder too, has no prefix.
            Args = ["--port", "0", "--AzureFunctionsJobHost:extensions:http:routePrefix=api"],
            App = typeof(HttpBench).Assembly,
            Output = TextWriter.Null,
        });
        builder.Services.AddSingleton<IFunctionMetadataProvider>(new HttpBenchMetadata());
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private static async Task<IHost> StartAsync(IHost host)
    {
        await host.StartAsync();
        return host;
    }

    private static async Task<double> MeasureAsync(WebApplication app, string path)
    {
        var address = new Uri(app.Urls.First());
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => LoadAsync(address, path, clock))));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One connection, one request at a time. The answers of an endpoint are all of one length, so none is parsed after the first.</summary>
    private static async Task<long> LoadAsync(Uri address, string path, Stopwatch clock)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
        var buffer = new byte[4096];
        await socket.SendAsync(request);
        var length = await socket.ReceiveAsync(buffer);
        var first = Encoding.ASCII.GetString(buffer, 0, length);
        if (!first.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || !first.Contains("Hello, world", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{path} answered {first}");
        }

        long count = 0;
        while (clock.Elapsed < RoundLength)
        {
            await socket.SendAsync(request);
            for (var read = 0; read < length;)
            {
                var got = await socket.ReceiveAsync(buffer);
                read += got > 0 ? got : throw new InvalidOperationException("The server closed the connection.");
            }

            count++;
        }

        return count;
    }
}
