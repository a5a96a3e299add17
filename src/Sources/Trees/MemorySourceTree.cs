namespace BuildFunctions.Sources.Trees;

/// <summary>Paths with the contents of those that matter; a path without contents exists and cannot be read.</summary>
public sealed class MemorySourceTree(IReadOnlyDictionary<string, byte[]?> files) : ISourceTree
{
    private readonly PathIndex _index = new(files.Keys);

    public bool FileExists(string path) => _index.Contains(path);

    public IReadOnlyCollection<string> List(string folder) => _index.List(folder);

    public Stream? OpenRead(string path) => files.GetValueOrDefault(path) is { } bytes ? new MemoryStream(bytes, writable: false) : null;
}
