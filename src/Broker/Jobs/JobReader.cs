using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Reading;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Jobs;

namespace BuildFunctions.Broker.Jobs;

/// <summary>Builds that are jobs, as jobs.</summary>
public sealed class JobReader(BuildStore store, BuildReader builds, ReleaseStore releases)
{
    public const string Log = "build.log";

    /// <summary>With its artifacts; null where there is no such job.</summary>
    public async Task<BuildJob?> FindAsync(BuildId id, CancellationToken cancellation) =>
        await store.FindAcceptedAsync(id, cancellation) is { } accepted && JobOrder.Of(accepted.Order.Request) is { } job && await builds.FindAsync(id, cancellation) is { } build
            ? Show(job, build) with { Artifacts = await ArtifactsAsync(build, cancellation) }
            : null;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<BuildJob>> ListAsync(BuildQuery query, CancellationToken cancellation)
    {
        List<BuildJob> jobs = [];
        foreach (var build in (await builds.ListAsync(query with { Provider = "ssh" }, cancellation)).Items)
        {
            if (await store.FindAcceptedAsync(build.Id, cancellation) is { } accepted && JobOrder.Of(accepted.Order.Request) is { } job)
            {
                jobs.Add(Show(job, build));
            }
        }

        return jobs;
    }

    private async Task<IReadOnlyList<string>> ArtifactsAsync(Build build, CancellationToken cancellation) =>
        build.Release is { } release && await releases.FindAsync(release, cancellation) is { } index ? [.. index.Files.Select(file => file.Path), Log] : [Log];

    private static BuildJob Show(BuildJobRequest job, Build build) => new()
    {
        Id = build.Id,
        Status = StatusOf(build.Status),
        SourceRepository = job.SourceRepository ?? "",
        Branch = job.Branch,
        CommitHash = job.CommitHash,
        TargetArchitecture = job.TargetArchitecture,
        BuildConfig = job.BuildConfig ?? new(),
        ServerId = build.Attempts.LastOrDefault()?.RunId?.Split('/')[0],
        CreatedAt = build.CreatedAt,
        StartedAt = build.StartedAt,
        CompletedAt = build.FinishedAt,
        Duration = build.Duration,
        LogPath = $"/api/v1/infrastructure/build-jobs/{build.Id}/logs",
        Message = build.Error?.Detail ?? build.Reason,
    };

    private static string StatusOf(BuildStatus status) => status switch
    {
        BuildStatus.Pending => "queued",
        BuildStatus.Running => "running",
        BuildStatus.Success => "completed",
        BuildStatus.Failed => "failed",
        _ => "cancelled",
    };
}
