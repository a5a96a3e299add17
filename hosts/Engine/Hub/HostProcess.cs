using System.Globalization;

namespace BuildFunctions.Engine.Hub;

/// <summary>
/// This process, by a name that no other has: boot, process namespace, id and start time. Another process of the same boot and namespace can tell
/// from it whether this one has ended; anywhere else nothing can be told.
/// </summary>
internal static class HostProcess
{
    private const int NoSuchProcess = 3;
    private static readonly string? _place = Place();

    public static string? Name { get; } = _place is { } place && StartOf(Environment.ProcessId) is { } start
        ? string.Create(CultureInfo.InvariantCulture, $"{place}/{Environment.ProcessId}/{start}")
        : null;

    public static bool HasEnded(string name) =>
        _place is not null
        && name.StartsWith(_place + "/", StringComparison.Ordinal)
        && name[(_place.Length + 1)..].Split('/') is [var id, var start]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var process)
        && TryReadStart(process, out var now) && now != start;

    private static string? StartOf(int process) => TryReadStart(process, out var start) ? start : null;

    private static string? Place()
    {
        const string bootFile = "/proc/sys/kernel/random/boot_id";
        return File.Exists(bootFile) && new FileInfo("/proc/self/ns/pid").LinkTarget is { } space ? $"{File.ReadAllText(bootFile).Trim()}/{space}" : null;
    }

    /// <summary>False when it could not be found out. Clock ticks after the boot; null when there is no such process, or only its zombie.</summary>
    private static bool TryReadStart(int process, out string? start)
    {
        start = null;
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            start = fields[0] is "Z" or "X" ? null : fields[19];
            return true;
        }
        catch (IOException gone)
        {
            return gone is FileNotFoundException or DirectoryNotFoundException || gone.HResult == NoSuchProcess;
        }
    }
}
