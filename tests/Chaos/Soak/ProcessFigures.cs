using System.Globalization;

namespace BuildFunctions.Chaos.Soak;

/// <summary>What a process holds right now, from /proc; null when it has just ended.</summary>
internal sealed record ProcessFigures(double Megabytes, int Handles, int Threads)
{
    public static ProcessFigures? Of(int process)
    {
        try
        {
            var status = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());
            return status.TryGetValue("VmRSS", out var memory)
                ? new(Number(memory) / 1024.0, Directory.GetFileSystemEntries($"/proc/{process}/fd").Length, (int)Number(status["Threads"]))
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
