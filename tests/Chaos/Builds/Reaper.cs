using System.Globalization;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Kills the broker at random moments, many of them in phases that last milliseconds; says what each death fell upon.</summary>
internal sealed class Reaper(RunningBroker broker, StorageView storage, Uploads uploads, Sights sights, Random random, TextWriter output)
{
    private readonly SortedDictionary<BuildPhase, int> _phases = [];
    private int _uploads;
    private int _early;

    public int Kills { get; private set; }

    /// <summary>How many builds all kills together found in each phase.</summary>
    public string Histogram =>
        string.Join(", ", _phases.Select(one => $"{Name(one.Key)} {one.Value}").Append($"uploading {_uploads}").Append($"kills before the broker was ready {_early}"));

    /// <summary>The broker has been launched when this begins and is dead when it ends.</summary>
    /// <param name="life">Milliseconds.</param>
    public async Task KillAsync((int Least, int Most) life)
    {
        // All is drawn at once, so that what one life does with it leaves the next lives alone.
        var (time, manner, start, phase, late) = (random.Next(life.Least, life.Most), random.Next(10), random.Next(100, 1200), Draw(random), random.Next(30));
        var moment = manner switch
        {
            0 => await DuringStartAsync(start),
            <= 4 => await AfterAsync(time),
            _ => await InPhaseAsync(phase, late, life),
        };
        var sending = uploads.Count;
        await broker.KillAsync();
        _uploads += sending;
        var phases = (await storage.OpenBuildsAsync()).CountBy(build => build.Phase).OrderBy(one => one.Key).ToList();
        phases.ForEach(one => _phases[one.Key] = _phases.GetValueOrDefault(one.Key) + one.Value);
        await output.WriteLineAsync($"kill {++Kills}: {moment}; {string.Join(", ", phases.Select(one => $"{one.Value} {Name(one.Key)}").Append($"{sending} uploading"))}");
    }

    private static BuildPhase Draw(Random random) => Enum.GetValues<BuildPhase>() is var phases ? phases[random.Next(phases.Length)] : default;

    /// <summary>Where it takes up what the last one left.</summary>
    private async Task<string> DuringStartAsync(int milliseconds)
    {
        await Task.Delay(milliseconds);
        _early++;
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms after its start");
    }

    private async Task<string> AfterAsync(int milliseconds)
    {
        await broker.ReadyAsync();
        await Task.Delay(milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms after it was ready");
    }

    private async Task<string> InPhaseAsync(BuildPhase phase, int late, (int Least, int Most) life)
    {
        await broker.ReadyAsync();
        await Task.Delay(life.Least);
        var sight = sights.Next(phase);
        var seen = await Task.WhenAny(sight, Task.Delay(life.Most - life.Least)) == sight;
        await Task.Delay(seen ? late : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{(seen ? $"{late} ms after" : "waiting for")} a build {(seen ? "came" : "to come")} to {Name(phase)}");
    }

    private static string Name(BuildPhase phase) => $"{phase}".ToLowerInvariant();
}
