using System.Globalization;
using System.Net;
using BuildFunctions.Chaos.Builds.Checks;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Builds triggered all the time while the broker is killed and started again; at the end everything must be as if nobody had killed it.</summary>
internal sealed class Campaign : IDisposable
{
    private static readonly TimeSpan _closing = TimeSpan.FromMinutes(5);

    /// <summary>What was sent without waiting for an answer has been taken or lost by then.</summary>
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(20);

    private readonly CampaignOptions _options;
    private readonly Fleet _fleet;
    private readonly TextWriter _output;
    private readonly Uploads _uploads = new();
    private readonly Sights _sights = new();
    private readonly PatientClient _client;
    private readonly Switches _switches;
    private readonly Shop _shop;

    public Campaign(CampaignOptions options, Fleet fleet, TextWriter output)
    {
        (_options, _fleet, _output) = (options, fleet, output);
        _client = new PatientClient(fleet, Findings);
        _switches = new Switches(_client);
        _shop = new Shop(BuildCases.Of(options.Seed, options.Apps, options.Recent), fleet.First.Scratch);
        Storage = new StorageView(fleet.First.Storage);
        Reaper = new Reaper(fleet, Storage, _uploads, _sights, new Random(options.Seed), output);
        Crowd = new Crowd(_shop, new Customer(_client, Findings, _uploads, new LogFollower(_client, Findings, _sights), _switches, _shop), Findings, options.Forgets ? SettleAsync : null);
        Watcher = new SiteWatcher(_client, fleet, Findings);
    }

    public Findings Findings { get; } = new();

    public PatientClient Client => _client;

    public StorageView Storage { get; }

    public Reaper Reaper { get; }

    public IReadOnlyList<Journey> Journeys => _shop.Journeys;

    private Crowd Crowd { get; }

    private SiteWatcher Watcher { get; }

    private string[] Apps => [.. Enumerable.Range(0, _options.Apps).Select(number => $"chaos-{number}")];

    /// <summary>As many kills as the options say, one life after the other.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(CampaignOptions options, TextWriter output)
    {
        await output.WriteLineAsync($"seed {options.Seed}, {options.Kills} kills, {options.Hosts} {PublishedHost.Chosen.Kind} host{(options.Hosts > 1 ? "s" : "")}");
        return await RunAsync(options, output, (_, campaign) => campaign.UnderKillsAsync(campaign.AnyTimeAsync, campaign.KillAllAsync));
    }

    /// <summary>A whole campaign on a broker of its own; what is wrong is in the answer.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(CampaignOptions options, TextWriter output, Func<Fleet, Campaign, Task> load)
    {
        // Clones from this machine's folders are part of the mix.
        var settings = new Dictionary<string, string>(options.Settings) { ["Git__Protocols"] = "https:file" };
        settings.TryAdd("Queue__MaxConcurrent", "5");
        await using var fleet = await Fleet.StartAsync(options.Hosts, settings);
        using var campaign = new Campaign(options, fleet, output);
        await load(fleet, campaign);
        await campaign.CheckAsync();
        campaign.Report();
        fleet.First.Keeps = campaign.Findings.Violations.Count > 0;
        if (fleet.First.Keeps)
        {
            await output.WriteLineAsync($"kept: {fleet.First.Folder.FullName} (azurite, broker.log, data)");
        }

        return campaign.Findings.Violations;
    }

    public void Dispose()
    {
        _client.Dispose();
        _shop.Dispose();
    }

    /// <summary>Load and kills side by side; in the end the broker runs and no customer waits any more.</summary>
    public async Task UnderKillsAsync(Func<CancellationToken, Task<bool>> next, Func<Task> kill)
    {
        using var closing = new CancellationTokenSource();
        var crowd = Crowd.RunAsync(_options.Customers, next, closing.Token);
        var watching = Watcher.WatchAsync(Apps, closing.Token);
        try
        {
            await kill();
        }
        finally
        {
            await closing.CancelAsync();
        }

        await watching;
        await _output.WriteLineAsync($"{Journeys.Count(journey => !journey.Ended.IsCompleted)} of {Journeys.Count} builds are still on their way");
        await crowd;
    }

    public async Task CheckAsync()
    {
        using var patience = new CancellationTokenSource(_closing);
        try
        {
            foreach (var journey in Journeys.Where(_ => !_options.Forgets))
            {
                await CancelTheUnsentAsync(journey, patience.Token);
                await CheckAsync(journey, patience.Token);
            }

            var builds = Journeys.SelectMany(journey => journey.Ids.Keys.Concat(journey.RetryIds.Keys)).ToHashSet();
            await new LeftoverCheck(_fleet.First, Storage, Findings, _options.Forgets).CheckAsync(builds);
            foreach (var app in Apps.Where(app => Journeys.Any(journey => journey.Case.App == app)))
            {
                await new DeploymentCheck(_client, Storage, Findings, _switches, Watcher, _options.Forgets).CheckAsync(app, Journeys, patience.Token);
            }

            foreach (var run in _shop.Runs().Where(run => !builds.Contains(run.Key[..Math.Max(0, run.Key.LastIndexOf('-'))])))
            {
                Findings.Add($"{run.Key} ran and no such build is known");
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Findings.Add($"the checks did not come to an end within {_closing.TotalMinutes:0} minutes");
        }
    }

    public void Report()
    {
        _output.WriteLine($"phases at the kills: {Reaper.Histogram}");
        _output.WriteLine($"builds: {string.Join(", ", Journeys.CountBy(journey => journey.Case.Kind).OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}");
        _output.WriteLine($"counts: {string.Join(", ", Findings.Counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}: {one.Value}"))}");
        foreach (var violation in Findings.Violations)
        {
            _output.WriteLine($"VIOLATION {violation}");
        }

        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {_options.Seed}: {Journeys.Count} builds, {Reaper.Kills} kills, {Findings.Violations.Count} violations"));
    }

    private Task CheckAsync(Journey journey, CancellationToken patience) =>
        journey.Case.Kind == BuildKind.Abandoned && journey.Id is null ? Task.CompletedTask : new RecordCheck(_client, Findings, _shop.Runs()).CheckAsync(journey, patience);

    private Task<bool> AnyTimeAsync(CancellationToken closing) => Task.FromResult(!closing.IsCancellationRequested && Journeys.Count < _options.MostBuilds);

    private async Task KillAllAsync()
    {
        for (var kill = 0; kill < _options.Kills; kill++)
        {
            await Reaper.KillAsync(_options.Life);
            _fleet.LaunchDead();
        }

        await _fleet.ReadyAsync();
    }

    /// <summary>Once a build has come to its end, or would only wait.</summary>
    private async Task SettleAsync(Journey journey, CancellationToken patience)
    {
        if (journey.Case.Kind is BuildKind.Unsent or BuildKind.Abandoned)
        {
            await Task.Delay(_settled, patience);
            await CancelTheUnsentAsync(journey, patience);
        }

        await CheckAsync(journey, patience);
    }

    private async Task<string?> ClaimAsync(BuildCase build)
    {
        using var client = _fleet.First.Client();
        return await Storage.ClaimAsync(client.DefaultRequestHeaders.Authorization!.Parameter!, build.App, build.Key);
    }

    /// <summary>Those that got no source wait for it still; and nobody knows yet whether the abandoned ones were made.</summary>
    private async Task CancelTheUnsentAsync(Journey journey, CancellationToken patience)
    {
        if (journey.Case.Kind == BuildKind.Abandoned && await ClaimAsync(journey.Case) is { } claimed && (await Storage.BuildsAsync()).Contains(claimed))
        {
            journey.Ids[claimed] = true;
            Findings.Count("abandoned builds that were accepted");
        }

        if (journey.Case.Kind is BuildKind.Unsent or BuildKind.Abandoned && journey.Id is { } id)
        {
            await _client.SendAsync("cancel", () => new(HttpMethod.Post, $"/api/builds/{id}/cancel"), [HttpStatusCode.Accepted], patience);
            await _client.GetAsync("wait for the end", $"/api/builds/{id}?wait=30", patience);
        }
    }
}
