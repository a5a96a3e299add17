using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Builds;

/// <summary>Shortens what a source or a builder may have made long, so that the record of every build fits into its row.</summary>
internal static class BuildDigest
{
    private const int Warnings = 10;
    private const int Characters = 400;

    public static Build Of(Build build) => build with
    {
        Framework = Cut(build.Framework),
        Command = Cut(build.Command),
        Output = Cut(build.Output),
        Reason = Cut(build.Reason),
        Warnings = [.. build.Warnings.Take(Warnings).Select(warning => Cut(warning)!)],
        Attempts = [.. build.Attempts.Select(attempt => attempt with { Reason = Cut(attempt.Reason) })],
        Error = build.Error is { } error ? error with { Title = Cut(error.Title)!, Detail = Cut(error.Detail) } : null,
    };

    private static string? Cut(string? text) => text is { Length: > Characters } ? $"{text[..Characters]}…" : text;
}
