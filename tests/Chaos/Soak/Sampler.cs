using System.Diagnostics;
using System.Globalization;
using BuildFunctions.Chaos.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Soak;

/// <summary>Looks at the broker's process and Azurite's every ten seconds, and counts what is in storage every minute.</summary>
internal sealed class Sampler(RunningBroker broker, StorageView storage, TextWriter output)
{
    private const int LooksAMinute = 6;
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1) / LooksAMinute;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);

    public async Task SampleAsync(CancellationToken stop)
    {
        try
        {
            for (var look = 0; ; look++)
            {
                var minute = Stopwatch.GetElapsedTime(_start).TotalMinutes;
                var (host, azurite) = (broker.ProcessId is { } id ? ProcessFigures.Of(id) : null, ProcessFigures.Of(broker.Azurite.ProcessId));
                Add("broker", minute, host);
                Add("azurite", minute, azurite);
                if (look % LooksAMinute == 0)
                {
                    var counts = await storage.CountAsync();
                    counts.ToList().ForEach(one => Add(one.Key, minute, one.Value, 50));
                    await output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"minute {minute:0}: broker {host?.Megabytes:0} MB, {host?.Handles} handles, {host?.Threads} threads; azurite {azurite?.Megabytes:0} MB; {string.Join(", ", counts.Where(one => one.Value > 0).Select(one => $"{one.Key} {one.Value}"))}"));
                }

                await Task.Delay(_pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Seen enough.
        }
    }

    /// <param name="filling">The first minutes, which only fill up.</param>
    /// <returns>What grew and should not have.</returns>
    public IReadOnlyList<string> Report(double filling)
    {
        List<string> grown = [];
        foreach (var (name, series) in _series)
        {
            var (flat, text) = series.Judge(filling);
            output.WriteLine(text);
            if (!flat)
            {
                grown.Add(text);
            }
        }

        return grown;
    }

    private void Add(string process, double minute, ProcessFigures? figures)
    {
        if (figures is not null)
        {
            Add($"{process} MB", minute, figures.Megabytes, 20);
            Add($"{process} handles", minute, figures.Handles, 20);
            Add($"{process} threads", minute, figures.Threads, 10);
        }
    }

    private void Add(string name, double minute, double value, double allowance)
    {
        if (!_series.TryGetValue(name, out var series))
        {
            _series[name] = series = new Series(name, allowance);
        }

        series.Add(minute, value);
    }
}
