using System.Globalization;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Harness;

/// <summary>The harness' <c>result</c> file.</summary>
/// <param name="Output">The folder that was taken where the output was a guess and another was right.</param>
public sealed record HarnessResult(
    RunState State, int ExitCode, string? Step, DateTimeOffset FinishedAt, string? Reason, string? Output = null)
{
    private const int LongestFolder = 240;

    public static HarnessResult Parse(string text)
    {
        // The reason comes last and may have lines of its own.
        var reason = text.IndexOf("\nreason=", StringComparison.Ordinal);
        var fields = text[..Math.Max(reason, 0)].Split('\n').Select(line => line.Split('=', 2)).Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => field[1]);
        if (reason < 0 || !fields.TryGetValue("state", out var state) || !fields.TryGetValue("exit", out var exit)
            || !int.TryParse(exit, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || !fields.TryGetValue("finished", out var finished)
            || !long.TryParse(finished, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return new(RunState.Lost, 1, null, default, "The run's result cannot be read.");
        }

        var why = text[(reason + "\nreason=".Length)..].TrimEnd();
        return new(StateOf(state), code, fields.GetValueOrDefault("step"), DateTimeOffset.FromUnixTimeSeconds(seconds),
            why.Length == 0 ? null : why, Folder(fields.GetValueOrDefault("output")));
    }

    // A build names its folders as it likes; what is no plain path is not repeated.
    private static string? Folder(string? text) =>
        text is { Length: > 0 and <= LongestFolder } && text[0] != '/' && !text.Any(char.IsControl) && !text.Split('/').Contains("..")
            ? text : null;

    private static RunState StateOf(string text) => text switch
    {
        "succeeded" => RunState.Succeeded,
        "failed" => RunState.Failed,
        "cancelled" => RunState.Cancelled,
        "timed-out" => RunState.TimedOut,
        _ => RunState.Lost,
    };
}
