using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>The plan as it was carried out. Of variables and secrets only the names are here.</summary>
public sealed record ExternalParameters
{
    public required AppName App { get; init; }

    public string? Repo { get; init; }

    public string? Ref { get; init; }

    public required string Root { get; init; }

    public string? Install { get; init; }

    public string? Command { get; init; }

    public required string Output { get; init; }

    public string? Node { get; init; }

    public required string PackageManager { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    /// <summary>Stands for names and values together: equal where they are, and only the broker can make it.</summary>
    public string? EnvFingerprint { get; init; }

    public required IReadOnlyList<string> Secrets { get; init; }
}
