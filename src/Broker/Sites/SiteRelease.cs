using System.Collections.Frozen;
using BuildFunctions.Broker.Artifacts;

namespace BuildFunctions.Broker.Sites;

internal sealed class SiteRelease(ReleaseIndex index)
{
    private const int BytesOfAnEntry = 800;

    public string Pack { get; } = index.Pack;

    public FrozenDictionary<string, SiteFile> Files { get; } = index.Files.ToFrozenDictionary(file => file.Path, file => new SiteFile(file), StringComparer.Ordinal);

    /// <summary>About what it takes in memory.</summary>
    public long Bytes => 1024 + ((long)Files.Count * BytesOfAnEntry);
}
