using System.ComponentModel;
using System.Diagnostics;

namespace BuildFunctions.Broker.Scratch;

/// <summary>Folders that builds and repositories have filled: with read-only ones, with ones that nobody may enter, deeper than a path can say.</summary>
internal static class FolderTree
{
    private const string Force = """chmod -R u+rwX -- "$1" 2>/dev/null; rm -rf -- "$1" 2>/dev/null""";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <exception cref="IOException">Something of it is still there.</exception>
    public static void Delete(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception stubborn) when (stubborn is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The last is what .NET says of paths that are too long.
            DeleteByForce(path, stubborn);
        }
    }

    /// <returns>False when something of it is still there.</returns>
    public static bool TryDelete(string path)
    {
        try
        {
            Delete(path);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void DeleteByForce(string path, Exception why)
    {
        try
        {
            using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Force, "sh", path]))!;
            if (!shell.WaitForExit(_patience))
            {
                shell.Kill(entireProcessTree: true);
            }
        }
        catch (Win32Exception refused)
        {
            throw new IOException($"'{path}' cannot be removed: {why.Message}", refused);
        }

        if (Path.Exists(path))
        {
            throw new IOException($"'{path}' cannot be removed: {why.Message}", why);
        }
    }
}
