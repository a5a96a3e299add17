using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Jobs;

/// <summary>A job as <c>/api/v1/infrastructure/build-jobs</c> shows it: a build, seen as a job on a server.</summary>
public sealed record BuildJob
{
    /// <summary>The build's id.</summary>
    public required BuildId Id { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    public required string SourceRepository { get; init; }

    public string? Branch { get; init; }

    public string? CommitHash { get; init; }

    public string? TargetArchitecture { get; init; }

    public required BuildConfig BuildConfig { get; init; }

    /// <summary>The name of the build server.</summary>
    public string? ServerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Paths of files, below <c>artifacts</c>; absent in lists.</summary>
    public IReadOnlyList<string>? Artifacts { get; init; }

    public required string LogPath { get; init; }

    /// <summary>Why it waits, failed or was cancelled.</summary>
    public string? Message { get; init; }
}
