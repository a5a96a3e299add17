using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Testing;

namespace BuildFunctions.Bench;

/// <summary>The published broker as users run it, on a storage and a port of its own.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private BrokerProcess(Process process, DirectoryInfo folder, HttpClient client)
    {
        (_process, _folder, Client) = (process, folder, client);
    }

    public HttpClient Client { get; }

    public static async Task<BrokerProcess> StartAsync(string storage)
    {
        var executable = Path.Combine(RepositoryRoot.Path, ".dev", "host", "BuildFunctions.Embedded");
        if (!File.Exists(executable))
        {
            throw new InvalidOperationException("The broker is not published; './dev bench build' does it.");
        }

        var folder = Directory.CreateTempSubdirectory("bf-bench-");
        var start = new ProcessStartInfo(executable, ["--urls", "http://127.0.0.1:0"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["BF_DATA"] = folder.FullName;
        start.Environment["BF_CONFIG_DIR"] = folder.FullName;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The broker did not start.");
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var credentials = Path.Combine(folder.FullName, "local.json");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(credentials))
        {
            await Task.Delay(50, deadline.Token);
        }

        var local = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(credentials, deadline.Token), ContractsJson.Default.LocalBroker)!;
        var client = new HttpClient { BaseAddress = new Uri(local.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", local.Token);
        return new BrokerProcess(process, folder, client);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
