namespace BuildFunctions.Broker.Artifacts;

/// <summary>Which files of a source are pages when nothing is built.</summary>
internal static class SourcePages
{
    private const string WellKnown = ".well-known";
    private static readonly HashSet<string> _forTools = new(StringComparer.Ordinal) { "app.json", "package.json", "package-lock.json", "node_modules" };

    /// <returns>The path below the folder, or null for what is outside of it, hidden, or read by tools alone.</returns>
    public static string? Place(string path, string folder)
    {
        var inside = folder.Length == 0 ? path
            : path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..]
            : null;
        return inside is null || inside.Split('/').Any(part => part.StartsWith('.') && part != WellKnown) || _forTools.Contains(inside.Split('/')[0]) ? null : inside;
    }
}
