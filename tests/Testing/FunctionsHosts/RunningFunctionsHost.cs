using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildFunctions.Testing.FunctionsHosts;

/// <summary>The stand-in for Core Tools with a Functions app in it, as processes of their own.</summary>
public sealed partial class RunningFunctionsHost : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HostOutput _output;

    private RunningFunctionsHost(Process process, HostOutput output)
    {
        _process = process;
        _output = output;
    }

    /// <summary>Without a slash at its end.</summary>
    public string Url { get; private set; } = "";

    public int ProcessId => _process.Id;

    /// <summary>The newest worker.</summary>
    public int WorkerProcessId => int.Parse(WorkerStarted().Match(_output.Lines.Last(line => WorkerStarted().IsMatch(line))).Groups[1].Value, CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Lines => _output.Lines;

    /// <summary>Starts the host that the test project references and waits until it listens; <see cref="ReadyAsync"/> waits for the app.</summary>
    /// <param name="app">The folder that the app was built or published to.</param>
    /// <param name="settings">The app's settings and the host's, as its environment.</param>
    /// <param name="port">0 for any, null for the one that the app's own settings name; a host that is to be started again needs one of its own.</param>
    public static async Task<RunningFunctionsHost> StartAsync(string app, IReadOnlyDictionary<string, string> settings, int? port = 0)
    {
        var host = Launch(app, settings, port);
        try
        {
            host.Url = Listening().Match(await host.LineAsync(Listening())).Groups[1].Value;
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits for nothing: for apps and settings with which it cannot run.</summary>
    public static RunningFunctionsHost Launch(string app, IReadOnlyDictionary<string, string> settings, int? port = 0)
    {
        var program = Path.Combine(BuiltProject.Folder("hosts/Functions"), "BuildFunctions.FunctionsHost");
        var start = new ProcessStartInfo(program, [app, .. port is null ? (string[])[] : ["--urls", $"http://127.0.0.1:{port}"]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        return new(process, new HostOutput(process));
    }

    /// <summary>Until a worker takes invocations and, if the app has any, orchestrations and timers run.</summary>
    public async Task ReadyAsync(bool withJobs = true)
    {
        await LineAsync(WorkerReady());
        if (withJobs)
        {
            await LineAsync(JobsRunning());
        }
    }

    /// <summary>The <paramref name="occurrence"/>th line of output that matches, now or later.</summary>
    public Task<string> LineAsync(Regex pattern, int occurrence = 1) => _output.LineAsync(pattern, occurrence);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; the host goes on for as long as it drains.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Listening on (http://127\.0\.0\.1:\d+)\.")]
    private static partial Regex Listening();

    [GeneratedRegex(@"Worker started: process (\d+)\.")]
    private static partial Regex WorkerStarted();

    [GeneratedRegex("Worker ready: ")]
    private static partial Regex WorkerReady();

    [GeneratedRegex("Timers and Durable Functions are running")]
    private static partial Regex JobsRunning();
}
