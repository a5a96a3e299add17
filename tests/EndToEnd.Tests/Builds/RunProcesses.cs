namespace BuildFunctions.EndToEnd.Tests.Builds;

/// <summary>The processes of a build's runs on this machine, by the mark in their environment.</summary>
internal static class RunProcesses
{
    public static string[] Of(string build) => [.. Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), out _))
        .Where(path => EnvironmentOf(path).Contains($"BUILDFUNCTIONS_RUN={build}", StringComparison.Ordinal))];

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
