namespace BuildFunctions.Sources.Settings;

/// <summary>What <c>app.json</c> says.</summary>
public sealed record AppSettings
{
    public string? Name { get; init; }

    public BuildSettings Build { get; init; } = new();

    /// <summary>Patterns, in the syntax of ignore files, of what is not sent.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
