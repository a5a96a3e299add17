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

    public static bool IsRun(int process) => EnvironmentOf($"/proc/{process}").Contains(Mark, StringComparison.Ordinal);

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
