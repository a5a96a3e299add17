namespace BuildFunctions.Sources.Detection.Packages;

/// <summary>The files that pin what an install brings.</summary>
public static class LockFiles
{
    internal static readonly (string File, string Name)[] Managers =
    [
        ("pnpm-lock.yaml", "pnpm"), ("bun.lock", "bun"), ("bun.lockb", "bun"), ("yarn.lock", "yarn"), ("package-lock.json", "npm"), ("npm-shrinkwrap.json", "npm"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Managers.Select(manager => manager.File)];
}
