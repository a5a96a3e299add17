using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Terminals;

namespace BuildFunctions.Cli.Sessions;

/// <summary>All that a run of <c>bf</c> takes from the machine it runs on.</summary>
internal sealed record Shell
{
    public required Terminal Terminal { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required string Directory { get; init; }

    public required Func<string> NewKey { get; init; }

    /// <summary>Shows a page in the person's browser; false where there is none.</summary>
    public required Func<Uri, bool> Browse { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Patience Patience { get; init; } = new();
}
