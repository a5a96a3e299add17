using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.Infra.Tests;

/// <summary>The embedded host as the solution built it, which is also what its image is made of.</summary>
internal static class EmbeddedHost
{
    public static string Folder => BuiltProject.Folder("hosts/Embedded");

    public static string Program => Path.Combine(Folder, "BuildFunctions.Embedded");
}
