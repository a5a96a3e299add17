namespace BuildFunctions.Sources.Trees;

// Paths, by folder.
internal sealed class PathIndex
{
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _folders = new(StringComparer.Ordinal);

    public PathIndex(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(_files.Add))
        {
            Add(path, path.LastIndexOf('/'), "");
        }
    }

    public bool Contains(string path) => _files.Contains(path);

    public IReadOnlyCollection<string> List(string folder) => _folders.TryGetValue(folder.TrimEnd('/'), out var names) ? names : [];

    private void Add(string path, int slash, string suffix)
    {
        var folder = slash < 0 ? "" : path[..slash];
        var known = _folders.TryGetValue(folder, out var names);
        if (names is null)
        {
            _folders.Add(folder, names = new SortedSet<string>(StringComparer.Ordinal));
        }

        names.Add(path[(slash + 1)..] + suffix);
        if (!known && folder.Length > 0)
        {
            Add(folder, folder.LastIndexOf('/'), "/");
        }
    }
}
