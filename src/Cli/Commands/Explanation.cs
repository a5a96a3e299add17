using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed record Explanation(Build Build, TimelineEntry[] Timeline);
