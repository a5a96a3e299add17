namespace BuildFunctions.Sources.Detection;

// Folders inside a project, as people write them: "./dist/", "dist", ".".
internal static class ProjectPath
{
    // Null for what leads outside; empty for the project's own folder.
    public static string? Normalise(string path)
    {
        if (path.StartsWith('/') || path.Contains('\\') || path.Any(char.IsControl))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return null;
            }
        }

        return string.Join('/', parts);
    }

    public static string Join(string folder, string path) => folder.Length == 0 ? path : path.Length == 0 ? folder : $"{folder}/{path}";
}
