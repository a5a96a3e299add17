using System.Diagnostics;

namespace BuildFunctions.Testing.Broker;

/// <summary>The processes of builds' runs on this machine, by the mark in their environment.</summary>
public static class RunProcesses
{
    private const string Mark = "BUILDFUNCTIONS_RUN=";

    public static string[] Of(string build) => [.. All().Where(run => run.StartsWith(build, StringComparison.Ordinal))];

    /// <summary>The runs that have a process, one for each of their processes.</summary>
    public static IEnumerable<string> All() => Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), out _))
        .SelectMany(path => EnvironmentOf(path).Split('\0'))
        .Where(variable => variable.StartsWith(Mark, StringComparison.Ordinal))
        .Select(variable => variable[Mark.Length..]);

    /// <summary>Ends what runs in a folder: builds outlive their broker, and would write on where a test removes its files.</summary>
    public static void EndIn(string folder)
    {
        foreach (var id in Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var process) ? process : 0))
        {
            if (id > 0 && EnvironmentOf($"/proc/{id}") is var environment && environment.Contains(Mark, StringComparison.Ordinal)
                && environment.Contains(folder, StringComparison.Ordinal))
            {
                End(id);
            }
        }
    }

    public static bool IsRun(int process) => EnvironmentOf($"/proc/{process}").Contains(Mark, StringComparison.Ordinal);

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
