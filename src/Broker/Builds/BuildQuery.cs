using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>Which builds to list, newest first.</summary>
public sealed record BuildQuery(AppName? App = null, BuildStatus? Status = null, string? Provider = null, int Limit = 20, string? Cursor = null)
{
    /// <summary>Only ids that begin so; null for all.</summary>
    public string? Begins { get; init; }

    /// <summary>Whether an id can begin so.</summary>
    public static bool IsBeginning(string text) => BuildKeys.IsBeginning(text);

    /// <summary>The apps that whoever asks may see; null for all.</summary>
    public IReadOnlyList<AppName>? Apps { get; init; }
}
