using System.Collections.Concurrent;

namespace BuildFunctions.BlackBox.Running;

/// <summary>What tests measured besides their own duration, for the report.</summary>
internal static class Figures
{
    private static readonly ConcurrentDictionary<string, double> _seconds = new();

    public static IReadOnlyDictionary<string, double> All => _seconds;

    public static void Add(string name, double seconds) => _seconds[name] = Math.Round(seconds, 3);
}
