namespace BuildFunctions.Contracts.Jobs;

/// <summary>How a job is built: a kernel by its recipe, any other project by <see cref="Command"/>.</summary>
public sealed record BuildConfig
{
    /// <summary>The name of a defconfig, a file in the tree, or the text of a configuration.</summary>
    public string? KernelConfig { get; init; }

    public IReadOnlyList<string>? ExtraMakeArgs { get; init; }

    /// <summary>Default true.</summary>
    public bool? EnableModules { get; init; }

    /// <summary>Default true.</summary>
    public bool? BuildDtbs { get; init; }

    public IReadOnlyDictionary<string, string>? CustomEnv { get; init; }

    /// <summary>Where the job's folder is made; the server's own workspace root if absent.</summary>
    public string? WorkspaceRoot { get; init; }

    /// <summary>The folder that the build writes (<c>O=</c>), absolute or inside the job's folder; <c>build</c> if absent.</summary>
    public string? BuildDirectory { get; init; }

    /// <summary>A folder on the server that the artifacts are copied to as well, below the job's id.</summary>
    public string? OutputDirectory { get; init; }

    public bool KeepWorkspace { get; init; }

    /// <summary>Commits that are cloned; 0 is all of them. Default 1.</summary>
    public int? GitDepth { get; init; }

    public bool GitSubmodules { get; init; }

    /// <summary>What is collected from the build folder and the tree; <c>**</c> stands for folders.</summary>
    public IReadOnlyList<string>? ArtifactPatterns { get; init; }

    /// <summary>Runs in the tree instead of the kernel's recipe.</summary>
    public string? Command { get; init; }
}
