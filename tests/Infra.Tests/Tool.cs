using System.Diagnostics;

namespace BuildFunctions.Infra.Tests;

/// <summary>A program that is run to its end, within two minutes.</summary>
internal sealed record Tool(int ExitCode, string Output, string Errors)
{
    public static async Task<Tool> RunAsync(string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }
    }

    public static async Task<string> MustAsync(string program, params string[] arguments)
    {
        var run = await RunAsync(program, arguments);
        return run.ExitCode == 0 ? run.Output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {run.Errors}");
    }
}
