using System.Globalization;

namespace BuildFunctions.Testing.Broker;

/// <summary>The processes that a host has started for the app itself. Builds are none of them: they outlive the host and are marked.</summary>
public static class Workers
{
    public static IReadOnlyList<int> Of(int host) =>
        [.. Processes().Where(process => ParentOf(process) == host && !RunProcesses.IsRun(process))];

    /// <summary>They notice the death of their host; one that does not is a leak.</summary>
    public static async Task EndAsync(IReadOnlyList<int> workers, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (workers.FirstOrDefault(worker => Directory.Exists($"/proc/{worker}") && StateOf(worker) != 'Z') is var left and not 0)
        {
            if (deadline.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Process {left} still runs {patience.TotalSeconds:0} s after its host was killed.");
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    private static int ParentOf(int process) => FieldsOf(process) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    private static char StateOf(int process) => FieldsOf(process) is [[var state, ..], ..] ? state : 'Z';

    /// <summary>What stands behind the name: state, parent, and so on; nothing when the process has just ended.</summary>
    private static string[] FieldsOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
