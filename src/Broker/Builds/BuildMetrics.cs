using System.Diagnostics.Metrics;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Builds;

/// <summary>Counts builds and their durations.</summary>
public sealed class BuildMetrics
{
    private readonly Counter<long> _finished;
    private readonly Histogram<double> _duration;

    public BuildMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("BuildFunctions.Builds");
        _finished = meter.CreateCounter<long>("builds.finished", description: "Builds by how they ended");
        _duration = meter.CreateHistogram<double>("builds.duration", "s", "Seconds from a build's start to its end");
    }

    public void Finished(Build build)
    {
        KeyValuePair<string, object?>[] tags = [new("status", $"{build.Status}".ToLowerInvariant()), new("provider", build.Provider ?? "none")];
        _finished.Add(1, tags);
        _duration.Record(build.Duration ?? 0, tags);
    }
}
