using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>The symbolic links of one archive, by their paths in it.</summary>
internal sealed class ReleaseLinks
{
    private const int MaxHops = 8;

    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);

    public IEnumerable<string> Paths => _targets.Keys;

    public void Add(ArchiveEntry link) => _targets.Add(link.Path, TargetOf(link));

    /// <summary>Where the link ends, over others.</summary>
    public string FileOf(string link)
    {
        var path = _targets[link];
        for (var hops = 1; hops < MaxHops && _targets.TryGetValue(path, out var next); hops++)
        {
            path = next;
        }

        return path;
    }

    // The reader has seen that a link climbs first, no higher than the archive's top, and descends then.
    private static string TargetOf(ArchiveEntry link)
    {
        var parts = link.Target!.Split('/').SkipWhile(part => part == ".").ToArray();
        var climbs = parts.TakeWhile(part => part == "..").Count();
        return string.Join('/', link.Path.Split('/').SkipLast(1 + climbs).Concat(parts.Skip(climbs)));
    }
}
