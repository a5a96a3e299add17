using System.Diagnostics;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>The operating system's side of a worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process)
    {
        _process = process;
        Ended = EndedAsync();
    }

    public int Id => _process.Id;

    /// <summary>The exit code, once the worker has ended and all that it printed is passed on.</summary>
    public Task<int> Ended { get; }

    public static WorkerProcess Start(string workerId, AppFolder app, Uri endpoint, string publicHost)
    {
        var command = app.WorkerCommand();
        var start = new ProcessStartInfo(command[0], [
            .. command[1..],
            "--functions-uri", endpoint.AbsoluteUri, "--functions-request-id", "start", "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ])
        {
            WorkingDirectory = app.Path,
            // Never written to: that it ends is how the worker notices that this process is gone, however it went (StartupHook).
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Not an argument, which every process of this machine could read.
        start.Environment["Functions__Worker__WorkerId"] = workerId;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Path;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = app.Path;
        start.Environment["AzureWebJobsScriptRoot"] = app.Path;
        start.Environment.TryAdd("WEBSITE_HOSTNAME", publicHost);
        start.Environment["DOTNET_STARTUP_HOOKS"] = StartupHook.Location + (start.Environment.TryGetValue("DOTNET_STARTUP_HOOKS", out var others) ? Path.PathSeparator + others : "");
        return new(Process.Start(start) ?? throw new HostStartException($"{command[0]} did not start."));
    }

    /// <summary>Does nothing to a worker that has ended.</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();

    // Line by line as it is; a first token, say, is shown only so.
    private static async Task PassOnAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            to.WriteLine(line);
        }
    }

    private async Task<int> EndedAsync()
    {
        var output = Task.WhenAll(PassOnAsync(_process.StandardOutput, Console.Out), PassOnAsync(_process.StandardError, Console.Error));
        await _process.WaitForExitAsync();
        // What the worker started may live on and hold its output open; its last words get a moment, no more.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1)));
        return _process.ExitCode;
    }
}
