using System.Diagnostics;
using System.Globalization;
using BuildFunctions.Chaos.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Soak;

/// <summary>Builds at a steady rate for a long time, with kills now and then: nothing may be lost, and nothing may grow that is not meant to.</summary>
internal sealed class SoakRun(SoakOptions options, TextWriter output)
{
    private const int Customers = 12;

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {options.Seed}, {options.Minutes} minutes at {options.Rate} builds a minute, a kill every {options.Every.Least} to {options.Every.Most} s"));
        var settings = new Dictionary<string, string>(SoakOptions.Short);
        options.Settings.ToList().ForEach(one => settings[one.Key] = one.Value);
        var campaign = new CampaignOptions { Seed = options.Seed, Customers = Customers, Settings = settings, Hosts = options.Hosts, Forgets = true, Recent = options.Recent };
        IReadOnlyList<string> grown = [];
        var violations = await Campaign.RunAsync(campaign, output, async (fleet, running) =>
        {
            var sampler = new Sampler(fleet.First, running.Storage, output);
            using var stop = new CancellationTokenSource();
            var sampling = sampler.SampleAsync(stop.Token);
            var sweeping = new Sweeper(running.Client, running.Findings, new Random(options.Seed)).SweepAsync(options.Sweeps, stop.Token);
            var pace = new Pace(TimeSpan.FromMinutes(1) / options.Rate, TimeProvider.System);
            await running.UnderKillsAsync(pace.NextAsync, () => KillAsync(fleet, running.Reaper));
            await stop.CancelAsync();
            await Task.WhenAll(sampling, sweeping);
            grown = sampler.Report(options.FillingMinutes);
        });
        return [.. violations, .. grown];
    }

    private async Task KillAsync(Fleet fleet, Reaper reaper)
    {
        var start = Stopwatch.GetTimestamp();
        var length = TimeSpan.FromMinutes(options.Minutes);
        if (options.Every.Most == 0)
        {
            await Task.Delay(length);
            return;
        }

        while (Stopwatch.GetElapsedTime(start) < length)
        {
            await reaper.KillAsync((options.Every.Least * 1000, options.Every.Most * 1000));
            fleet.LaunchDead();
        }

        await fleet.ReadyAsync();
    }
}
