using System.Net;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Chaos.Builds.Checks;

/// <summary>Each build by itself: it exists, has ended, as its kind has to, ran once, and its log and timeline are whole.</summary>
internal sealed class RecordCheck(PatientClient client, Findings findings, ILookup<string, string> effects)
{
    public async Task CheckAsync(Journey journey, CancellationToken patience)
    {
        if (journey.Refused)
        {
            findings.Count($"refused: {journey.Case.Kind}");
            return;
        }

        findings.Check(journey.Ids.Count == 1, $"{journey}: one key made the builds {string.Join(", ", journey.Ids.Keys)}");
        findings.Check(journey.RetryIds.Count == (journey.Case.Kind == BuildKind.Retried ? 1 : 0), $"{journey}: was retried as {string.Join(", ", journey.RetryIds.Keys)}");
        foreach (var id in journey.Ids.Keys.Concat(journey.RetryIds.Keys))
        {
            await CheckAsync(journey, id, patience);
        }
    }

    private async Task CheckAsync(Journey journey, string id, CancellationToken patience)
    {
        var answer = await client.SendAsync("read", () => new(HttpMethod.Get, $"/api/builds/{id}"), [HttpStatusCode.OK, HttpStatusCode.NotFound], patience);
        if (!answer.IsSuccess)
        {
            findings.Add($"{journey}: {id} is lost");
            return;
        }

        var build = answer.Read(ContractsJson.Default.Build);
        void Check(bool holds, string what) => findings.Check(holds, $"{journey}: {id} {what}");
        if (!build.Status.IsFinal())
        {
            Check(false, $"has not ended: {build.Status}, {build.Phase}, {build.Reason}");
            return;
        }

        findings.Count($"ended {build.Status}");
        Check(!journey.Final.TryGetValue(id, out var seen) || Json(seen) == Json(build), "has changed after its end");
        CheckEnd(journey, build, Check);
        CheckRuns(journey.Case, build, Check);
        var log = await client.GetAsync("read log", $"/api/builds/{id}/logs", patience);
        LogCheck.Check(journey, build, log.Body, Check);
        var timeline = await client.GetAsync("read timeline", $"/api/builds/{id}/timeline", patience);
        TimelineCheck.Check(build, timeline.Read(ContractsJson.Default.TimelineEntryArray), Check);
    }

    private static void CheckEnd(Journey journey, Build build, Action<bool, string> check)
    {
        BuildStatus[] right = journey.Case.Kind switch
        {
            BuildKind.Failing or BuildKind.Retried => [BuildStatus.Failed],
            BuildKind.Cancelled => [BuildStatus.Cancelled, BuildStatus.Success],
            BuildKind.Endless or BuildKind.Unsent or BuildKind.Abandoned => [BuildStatus.Cancelled],
            _ => [BuildStatus.Success],
        };
        check(right.Contains(build.Status), $"ended {build.Status} ({build.Error?.Code} {build.Error?.Detail} {build.Reason})");
        if (build.Status == BuildStatus.Failed && journey.Case.ExitCode != 0)
        {
            var code = build.Error?.Fields?.TryGetValue("exitCode", out var field) == true ? field.GetInt32() : -1;
            check(build.Error?.Code == ErrorCode.BuildFailed && code == journey.Case.ExitCode, $"failed with {build.Error?.Code} {code} and not with exit code {journey.Case.ExitCode}");
        }

        check(build.Phase == BuildPhase.Done && build.Queue is null && build.FinishedAt >= build.CreatedAt && build.Duration >= 0, $"has the odd end {build.Phase} {build.FinishedAt:O} {build.Duration}");
    }

    private void CheckRuns(BuildCase wanted, Build build, Action<bool, string> check)
    {
        var cancelled = build.Status == BuildStatus.Cancelled;
        var hit = build.Cache is { Hit: true };
        check(cancelled || hit == (wanted.Kind == BuildKind.Again), $"{(hit ? "came" : "did not come")} from the cache: {build.Cache?.MissedBecause}");
        var attempts = build.Attempts;
        var most = wanted.Runs ? 1 : 0;
        check(cancelled ? attempts.Count <= most : attempts.Count == most, $"took {attempts.Count} attempts: {string.Join("; ", attempts.Select(one => $"{one.Outcome} {one.Reason}"))}");
        check(attempts.All(one => one.Outcome != "running" && one.FinishedAt >= one.StartedAt), "has an attempt that never ended");
        for (var attempt = 1; attempt <= Math.Max(1, attempts.Count); attempt++)
        {
            var runs = effects[$"{build.Id}-{attempt}"].Count();
            check(cancelled ? runs <= most : runs == most, $"ran {runs} times in attempt {attempt}");
        }
    }

    private static string Json(Build build) => JsonSerializer.Serialize(build, ContractsJson.Default.Build);
}
