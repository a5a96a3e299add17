using BuildFunctions.Testing;

namespace BuildFunctions.Infra.Tests;

/// <summary>The embedded host as the solution built it, which is also what its image is made of.</summary>
internal static class EmbeddedHost
{
    public static string Folder
    {
        get
        {
            var folder = Path.Combine(RepositoryRoot.Path, "hosts", "Embedded", "bin", "Debug", "net10.0");
            return File.Exists(Path.Combine(folder, "BuildFunctions.Embedded")) ? folder : throw new InvalidOperationException($"{folder} is not there: build hosts/Embedded.");
        }
    }

    public static string Program => Path.Combine(Folder, "BuildFunctions.Embedded");
}
