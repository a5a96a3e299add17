using System.Globalization;
using System.Net;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds.Checks;

/// <summary>An app's history has each build once, in order; its pointer is the newest line; its sites show what they should.</summary>
/// <param name="forgets">The broker forgets deployments after a while.</param>
internal sealed class DeploymentCheck(PatientClient client, StorageView storage, Findings findings, Switches switches, SiteWatcher watcher, bool forgets)
{
    public async Task CheckAsync(string app, IReadOnlyList<Journey> journeys, CancellationToken patience)
    {
        void Check(bool holds, string what) => findings.Check(holds, $"{app}: {what}");
        var made = journeys.Where(journey => journey.Case.App == app).SelectMany(journey => journey.Final.Values.Select(build => (journey.Case, Build: build)))
            .Where(one => one.Build.Status == BuildStatus.Success).ToDictionary(one => one.Build.Id.ToString());
        var deployments = await DeploymentsAsync(app, patience);
        var history = await storage.HistoryAsync(app);
        var live = await storage.LiveAsync(app);
        if (live is null)
        {
            Check(made.Values.All(one => one.Case.Kind == BuildKind.Preview), "nothing is live");
            return;
        }

        foreach (var (build, count) in deployments.CountBy(one => $"{one.Build}"))
        {
            Check(count == 1 && made.ContainsKey(build), $"{build} has {count} deployments{(made.ContainsKey(build) ? "" : " and should have none")}");
        }

        var kept = deployments.Select(one => $"{one.Id}").ToHashSet();
        Check(kept.Contains(live.Deployment), $"{live.Deployment} is live and no deployment");
        foreach (var gone in (await storage.PreviousAsync(app)).Except(kept))
        {
            Check(false, $"{gone} can be rolled back to and is gone");
        }

        CheckHistory(history, live, made, Check);
        var pages = deployments.Where(one => made.ContainsKey($"{one.Build}")).ToDictionary(one => $"{one.Id}", one => CaseSource.Html(made[$"{one.Build}"].Case));
        await CheckSitesAsync(app, live, pages, Check, patience);
        if (forgets)
        {
            return;
        }

        CheckNothingIsMissing(history, made, Check);
        var switched = history.Count(line => line.Reason is "Promote" or "Rollback");
        var (sent, answered) = switches.Of(app);
        Check(switched >= answered && switched <= sent, $"{switched} promotions and rollbacks of {sent} that were sent and {answered} that were answered");
        watcher.Check(app, [.. history.Select(line => pages.GetValueOrDefault(line.Deployment, "?"))], Check);
    }

    internal static void CheckHistory(
        IReadOnlyList<HistoryLine> history, HistoryLine live, Dictionary<string, (BuildCase Case, Build Build)> made, Action<bool, string> check)
    {
        check(live.Deployment == history[^1].Deployment && live.Sequence == history[^1].Sequence, $"{live.Deployment} is live and the newest line of history is {history[^1].Deployment}");
        foreach (var (before, after) in history.Zip(history.Skip(1)))
        {
            check(before.At <= after.At, string.Create(CultureInfo.InvariantCulture, $"{before.Deployment} was made live at {before.At:O}, after the newer {after.Deployment} at {after.At:O}"));
        }

        var lines = history.Where(line => line.Reason == "Build").ToLookup(line => $"{line.Build}");
        foreach (var line in lines)
        {
            check(line.Count() == 1, $"{line.Key} was deployed {line.Count()} times");
            check(made.ContainsKey(line.Key), $"{line.Key} was deployed and did not succeed");
        }
    }

    internal static void CheckNothingIsMissing(IReadOnlyList<HistoryLine> history, Dictionary<string, (BuildCase Case, Build Build)> made, Action<bool, string> check)
    {
        var lines = history.Where(line => line.Reason == "Build").Select(line => $"{line.Build}").ToHashSet();
        foreach (var (id, (wanted, build)) in made.Where(one => one.Value.Case.Kind != BuildKind.Preview && !lines.Contains(one.Key)))
        {
            var newer = history.Any(line => string.CompareOrdinal(line.Sequence, id["bld_".Length..]) > 0 && line.At <= build.FinishedAt);
            check(newer, $"{wanted.Kind} {id} succeeded and was never live, though nothing newer was");
        }
    }

    private async Task CheckSitesAsync(string app, HistoryLine live, Dictionary<string, string> pages, Action<bool, string> check, CancellationToken patience)
    {
        await CheckPageAsync($"/sites/{app}/", pages.GetValueOrDefault(live.Deployment));
        foreach (var (deployment, page) in pages)
        {
            await CheckPageAsync($"/sites/{app}@{deployment}/", page);
        }

        async Task CheckPageAsync(string path, string? page)
        {
            var answer = await client.SendAsync("site", () => new(HttpMethod.Get, path), [HttpStatusCode.OK], patience);
            check(answer.Body == page, $"{path} shows '{answer.Body.Trim()}' and should show '{page?.Trim()}'");
        }
    }

    private async Task<List<Deployment>> DeploymentsAsync(string app, CancellationToken patience)
    {
        List<Deployment> all = [];
        string? cursor = null;
        do
        {
            var answer = await client.GetAsync("list deployments", $"/api/apps/{app}/deployments?limit=100{(cursor is null ? "" : $"&cursor={cursor}")}", patience);
            if (!answer.IsSuccess)
            {
                return all;
            }

            var page = answer.Read(ContractsJson.Default.DeploymentPage);
            all.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return all;
    }
}
