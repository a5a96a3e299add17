using System.Diagnostics;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds.Checks;

/// <summary>When every build has ended, nothing of them may hold anything: no slot, no place in the queue, no instance, no process, no folder.</summary>
/// <param name="forgets">The broker forgets instances after a while.</param>
internal sealed class LeftoverCheck(RunningBroker broker, StorageView storage, Findings findings, bool forgets)
{
    /// <summary>The broker's sweeps run each minute.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(150);

    public async Task CheckAsync(IReadOnlySet<string> builds)
    {
        var start = Stopwatch.GetTimestamp();
        var left = await FindAsync(builds);
        while (left.Count > 0 && Stopwatch.GetElapsedTime(start) < _patience)
        {
            await Task.Delay(500);
            left = await FindAsync(builds);
        }

        left.ForEach(findings.Add);
        findings.Count("seconds until nothing was left", (int)Stopwatch.GetElapsedTime(start).TotalSeconds);
        foreach (var unknown in (await storage.BuildsAsync()).Except(builds))
        {
            findings.Add($"{unknown} is a build that nobody asked for");
        }
    }

    private async Task<List<string>> FindAsync(IReadOnlySet<string> builds)
    {
        List<string> left = [.. (await storage.SlotsAsync()).Select(slot => $"slot or place in the queue left: {slot}")];
        var instances = await storage.InstancesAsync();
        left.AddRange(instances.Where(one => !one.Ended).Select(one => $"instance left: {one.Id} {one.Status}"));
        left.AddRange(instances.Where(one => one.Ended && one.Status != "Completed").Select(one => $"instance ended {one.Status}: {one.Id}"));
        left.AddRange(builds.Where(_ => !forgets).Except(instances.Select(one => one.Id)).Select(id => $"{id} has no instance"));
        left.AddRange(RunProcesses.All().Where(run => builds.Contains(run[..Math.Max(0, run.LastIndexOf('-'))])).Distinct().Select(run => $"process left: of {run}"));
        var runs = Path.Combine(broker.Data, "local", "runs");
        left.AddRange((Directory.Exists(runs) ? Directory.GetFileSystemEntries(runs) : []).Select(path => $"folder left: {Path.GetFileName(path)}"));
        return left;
    }
}
