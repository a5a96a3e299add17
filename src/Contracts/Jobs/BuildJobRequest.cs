namespace BuildFunctions.Contracts.Jobs;

/// <summary>The body of <c>POST /api/v1/infrastructure/build-jobs</c>.</summary>
public sealed record BuildJobRequest
{
    public string? SourceRepository { get; init; }

    /// <summary>A branch or a tag; the repository's own choice if absent.</summary>
    public string? Branch { get; init; }

    /// <summary>A full commit id; <c>HEAD</c> or nothing is the newest of the branch.</summary>
    public string? CommitHash { get; init; }

    /// <summary>As <c>uname -m</c> says it; the server's own if absent.</summary>
    public string? TargetArchitecture { get; init; }

    public BuildConfig? BuildConfig { get; init; }

    /// <summary>Tools that the server must have, as in <c>gcc&gt;=12</c>.</summary>
    public IReadOnlyList<string>? Toolchains { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The container image that configures and compiles; git runs on the server itself.</summary>
    public string? Image { get; init; }

    /// <summary>Seconds that the job may run.</summary>
    public int? Timeout { get; init; }

    public int Priority { get; init; }
}
