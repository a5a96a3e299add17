namespace BuildFunctions.Sources.Packing;

public sealed record PackOptions
{
    /// <summary>Bytes that the archive may have, compressed. 50 MB.</summary>
    public long Limit { get; init; } = 50_000_000;

    /// <summary>Bytes that one file may have. 512 MiB.</summary>
    public long FileLimit { get; init; } = 512L << 20;

    /// <summary>Patterns from <c>app.json</c>'s <c>exclude</c>, in the syntax of ignore files; they hold over every ignore file.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The folder is a commit: <c>.gitignore</c> says nothing there, since what it names was committed all the same. <c>.bfignore</c> holds.</summary>
    public bool Committed { get; init; }

    public IProgress<PackProgress>? Progress { get; init; }
}
