using System.Diagnostics;
using System.Text.RegularExpressions;

namespace BuildFunctions.Testing;

/// <summary>A real Azurite on free ports, ended with this object or, when this process is killed, by the end of its standard input.</summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Azurite itself does not notice that its parent is gone.
    private const string Launcher = "process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume(); require(process.argv[1]);";

    private static readonly Lazy<Task<Azurite>> _shared = new(() => StartAsync());

    private readonly Process _process;

    private Azurite(Process process, int blobPort, int queuePort, int tablePort)
    {
        (_process, BlobPort, QueuePort, TablePort) = (process, blobPort, queuePort, tablePort);
    }

    public int BlobPort { get; }

    public int QueuePort { get; }

    public int TablePort { get; }

    public int ProcessId => _process.Id;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};" +
        $"BlobEndpoint=http://127.0.0.1:{BlobPort}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:{QueuePort}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{TablePort}/devstoreaccount1;";

    /// <summary>One Azurite for the test process; tests keep apart by the names of their tables and containers.</summary>
    public static Task<Azurite> SharedAsync() => _shared.Value;

    /// <param name="location">A folder to keep the data in; null keeps it in memory.</param>
    /// <param name="certificate">Answers over https, and to whoever brings a token instead of a signature.</param>
    public static async Task<Azurite> StartAsync(
        string? location = null, int blobPort = 0, int tablePort = 0, int queuePort = 0, LoopbackCertificate? certificate = null)
    {
        var script = System.IO.Path.Combine(RepositoryRoot.Path, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidOperationException($"Azurite is not installed. Run 'npm ci' in {RepositoryRoot.Path} (./dev test does).");
        }

        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["-e", Launcher, script, "--disableTelemetry", "--skipApiVersionCheck", "--silent",
            "--blobPort", $"{blobPort}", "--queuePort", $"{queuePort}", "--tablePort", $"{tablePort}",
            .. location is null ? ["--inMemoryPersistence"] : (string[])["--location", location],
            .. certificate is null ? [] : (string[])["--oauth", "basic", "--cert", certificate.CertificateFile, "--key", certificate.KeyFile]];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var ports = new Dictionary<string, int>();
        while (ports.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(deadline.Token)
                ?? throw new InvalidOperationException($"Azurite ended: {await process.StandardError.ReadToEndAsync(deadline.Token)}");
            if (Listening().Match(line) is { Success: true } match)
            {
                ports[match.Groups[1].Value] = int.Parse(match.Groups[2].Value);
            }
        }

        // Nobody reads on; a full pipe would stop Azurite.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return new Azurite(process, ports["Blob"], ports["Queue"], ports["Table"]);
    }

    /// <summary>Connections stay and nothing is answered, until <see cref="GoOn"/>.</summary>
    public void Stall() => Signal("-STOP");

    public void GoOn() => Signal("-CONT");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    [GeneratedRegex(@"Azurite (\w+) service is successfully listening at https?://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
