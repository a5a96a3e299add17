using System.Globalization;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds;

/// <summary>
/// Kills a host at random moments, many of them in phases that last milliseconds, and now and then its worker alone; says what each death fell
/// upon. Of several hosts one dies at a time.
/// </summary>
internal sealed class Reaper(Fleet fleet, StorageView storage, Uploads uploads, Sights sights, Random random, TextWriter output)
{
    private readonly SortedDictionary<BuildPhase, int> _phases = [];
    private int _uploads;
    private int _early;
    private int _workers;

    public int Kills { get; private set; }

    /// <summary>How many builds all kills together found in each phase.</summary>
    public string Histogram =>
        string.Join(", ", _phases.Select(one => $"{Name(one.Key)} {one.Value}").Append($"uploading {_uploads}").Append($"kills before the broker was ready {_early}").Append($"kills of a worker alone {_workers}"));

    /// <summary>All hosts have been launched when this begins, and one of them is dead or without its worker when it ends.</summary>
    /// <param name="life">Milliseconds.</param>
    public async Task KillAsync((int Least, int Most) life)
    {
        // All is drawn at once, so that what one life does with it leaves the next lives alone.
        var (time, manner, start, phase, late) = (random.Next(life.Least, life.Most), random.Next(10), random.Next(100, 1200), Draw(random), random.Next(30));
        var (victim, workerOnly) = fleet.Hosts.Count > 1 || fleet.First.HasWorkers ? (fleet.Hosts[random.Next(fleet.Hosts.Count)], random.Next(4) == 0) : (fleet.First, false);
        await Task.WhenAll(fleet.Hosts.Where(host => host != victim).Select(host => host.ReadyAsync()));
        var moment = manner switch
        {
            0 when !workerOnly => await DuringStartAsync(start),
            <= 4 => await AfterAsync(victim, time),
            _ => await InPhaseAsync(victim, phase, late, life),
        };
        var sending = uploads.Count;
        if (workerOnly && victim.HasWorkers)
        {
            victim.KillWorkers();
            _workers++;
            moment = $"the worker alone, {moment}";
        }
        else
        {
            await victim.KillAsync();
        }

        _uploads += sending;
        var phases = (await storage.OpenBuildsAsync()).CountBy(build => build.Phase).OrderBy(one => one.Key).ToList();
        phases.ForEach(one => _phases[one.Key] = _phases.GetValueOrDefault(one.Key) + one.Value);
        await output.WriteLineAsync($"kill {++Kills}{(fleet.Hosts.Count > 1 ? $" of host {fleet.Hosts.ToList().IndexOf(victim) + 1}" : "")}: {moment}; {string.Join(", ", phases.Select(one => $"{one.Value} {Name(one.Key)}").Append($"{sending} uploading"))}");
    }

    private static BuildPhase Draw(Random random) => Enum.GetValues<BuildPhase>() is var phases ? phases[random.Next(phases.Length)] : default;

    /// <summary>Where it takes up what the last one left.</summary>
    private async Task<string> DuringStartAsync(int milliseconds)
    {
        await Task.Delay(milliseconds);
        _early++;
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms after its start");
    }

    private static async Task<string> AfterAsync(RunningBroker victim, int milliseconds)
    {
        await victim.ReadyAsync();
        await Task.Delay(milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms after it was ready");
    }

    private async Task<string> InPhaseAsync(RunningBroker victim, BuildPhase phase, int late, (int Least, int Most) life)
    {
        await victim.ReadyAsync();
        await Task.Delay(life.Least);
        var sight = sights.Next(phase);
        var seen = await Task.WhenAny(sight, Task.Delay(life.Most - life.Least)) == sight;
        await Task.Delay(seen ? late : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{(seen ? $"{late} ms after" : "waiting for")} a build {(seen ? "came" : "to come")} to {Name(phase)}");
    }

    private static string Name(BuildPhase phase) => $"{phase}".ToLowerInvariant();
}
