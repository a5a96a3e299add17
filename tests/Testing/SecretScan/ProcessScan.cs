namespace BuildFunctions.Testing.SecretScan;

/// <summary>Shows a scanner what every process of the machine was called with, and the environment of those that are no build.</summary>
public static class ProcessScan
{
    private static readonly byte[] _build = "BUILDFUNCTIONS_RUN="u8.ToArray();

    public static void LookAtProcesses(this SecretScanner scanner)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            scanner.Look($"{process}/cmdline", Read(Path.Combine(process, "cmdline")));
            var environment = Read(Path.Combine(process, "environ"));
            if (environment.AsSpan().IndexOf(_build) < 0)
            {
                scanner.Look($"{process}/environ", environment);
            }
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
