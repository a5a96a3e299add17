namespace BuildFunctions.Sources.Trees;

/// <summary>A folder on disk, as far as it would be sent: what is ignored is not there.</summary>
public sealed class DirectorySourceTree(string folder, SourceListing listing) : ISourceTree
{
    private readonly PathIndex _index = new(listing.Entries.Select(entry => entry.Path));

    public static DirectorySourceTree Open(string folder, IEnumerable<string>? exclude = null) => new(folder, DirectoryWalk.List(folder, exclude ?? []));

    public bool FileExists(string path) => _index.Contains(path);

    public IReadOnlyCollection<string> List(string folder) => _index.List(folder);

    // A broken link is listed and cannot be opened.
    public Stream? OpenRead(string path) => _index.Contains(path) && File.Exists(Path.Combine(folder, path)) ? File.OpenRead(Path.Combine(folder, path)) : null;
}
