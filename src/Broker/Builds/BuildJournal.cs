using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>Writes what happens to a build into its record and its timeline, once however often a step is repeated.</summary>
public sealed class BuildJournal(BuildStore store, TimeProvider clock)
{
    /// <summary>A column holds 32,768 characters, and a page of the timeline many entries.</summary>
    private const int Longest = 4000;

    /// <summary>The build goes on to a phase; <paramref name="also"/> changes the record in the same write.</summary>
    /// <param name="passed">Whether the record says that it went there before and further: nothing is written then.</param>
    public Task EnterAsync(
        BuildId id, BuildPhase phase, string? reason, CancellationToken cancellation, int attempt = 0, Func<Build, Build>? also = null, Func<Build, bool>? passed = null)
    {
        return WriteAsync(
            id,
            attempt == 0 ? $"phase-{phase}" : $"phase-{attempt}-{phase}",
            $"{phase}",
            reason,
            attempt,
            before => passed?.Invoke(before) == true ? before : Go(also?.Invoke(before) ?? before),
            repeats: before => before.Phase == phase || passed?.Invoke(before) == true,
            cancellation);

        Build Go(Build build) => build with
        {
            Status = IsFirstQueue(phase, build) ? BuildStatus.Pending : IsWaiting(phase) ? build.Status : BuildStatus.Running,
            Phase = build.Phase == BuildPhase.Cancelling ? BuildPhase.Cancelling : phase,
            Reason = reason,
            Queue = phase == BuildPhase.Queued ? build.Queue : null,
            StartedAt = IsFirstQueue(phase, build) ? null : build.StartedAt ?? (IsWaiting(phase) ? null : clock.GetUtcNow()),
        };
    }

    public Task<Build?> ReadAsync(BuildId id, CancellationToken cancellation) => store.FindAsync(id, cancellation);

    /// <summary>Something happened or was decided; the phase stays.</summary>
    public Task NoteAsync(
        BuildId id, string what, string? detail, CancellationToken cancellation, int attempt = 0, Func<Build, Build>? also = null) =>
        WriteAsync(id, attempt == 0 ? what : $"{attempt}-{what}", what, detail, attempt, also ?? (build => build), repeats: _ => false, cancellation);

    /// <summary>
    /// The run of an attempt is asked to end, or made to. The phase stays: a run that is past its time is ended too, and its build goes on elsewhere. Only whoever
    /// cancels a build writes that it is cancelling.
    /// </summary>
    public Task StopRunAsync(BuildId id, int attempt, bool force, CancellationToken cancellation)
    {
        var (what, how) = force ? ("forcing", "forcing the run to end") : ("stopping", "asking the run to end");
        return WriteAsync(id, $"{attempt}-{what}", what, how, attempt, build => build with { Reason = how }, repeats: before => before.Reason == how, cancellation);
    }

    /// <summary>What will be served, wherever it came from.</summary>
    public Task TakeReleaseAsync(BuildId id, BuiltRelease release, CancellationToken cancellation) => NoteAsync(
        id,
        "artifact",
        $"{release.ArtifactSize} bytes, SHA-256 {release.ArtifactSha256}",
        cancellation,
        also: build => build with
        {
            ArtifactSize = release.ArtifactSize,
            ArtifactSha256 = release.ArtifactSha256,
            Release = release.Release,
            Warnings = [.. build.Warnings, .. release.Warnings.Except(build.Warnings)],
        });

    /// <summary>The last entry: nothing changes the record after it.</summary>
    /// <returns>Null where the build had ended before.</returns>
    public async Task<Build?> FinishAsync(BuildId id, BuildResult result, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var ended = false;
        var last = await store.UpdateAsync(
            id,
            End,
            "done",
            _ => Entry($"{result.Status}", result.Error?.Detail ?? result.Reason, 0),
            cancellation);
        return ended ? last : null;

        Build End(Build build)
        {
            ended = true;
            return build with
            {
                Status = result.Status,
                Phase = BuildPhase.Done,
                Reason = result.Reason,
                Error = result.Error,
                Attempts = [.. build.Attempts.Select(attempt => attempt.FinishedAt is null ? attempt with { FinishedAt = now, Outcome = result.Error?.Code ?? "abandoned" } : attempt)],
                Queue = null,
                FinishedAt = now,
                Duration = Math.Round((now - (build.StartedAt ?? build.CreatedAt)).TotalSeconds, 3),
            };
        }
    }

    private async Task WriteAsync(
        BuildId id, string key, string what, string? detail, int attempt, Func<Build, Build> change, Func<Build, bool> repeats, CancellationToken cancellation) =>
        await store.UpdateAsync(id, change, key, before => repeats(before) ? null : Entry(what, detail, attempt), cancellation);

    /// <summary>Between the plan and the first attempt nothing runs, and the wait does not count as the build's time.</summary>
    private static bool IsFirstQueue(BuildPhase phase, Build build) => phase == BuildPhase.Queued && build.Attempts.Count == 0;

    private static bool IsWaiting(BuildPhase phase) => phase is BuildPhase.AwaitingSource or BuildPhase.Queued or BuildPhase.Cancelling;

    private TimelineEntry Entry(string what, string? detail, int attempt) => new()
    {
        At = clock.GetUtcNow(),
        Event = what.ToLowerInvariant(),
        Detail = detail is { Length: > Longest } ? detail[..Longest] + "…" : detail,
        Attempt = attempt == 0 ? null : attempt,
    };
}
