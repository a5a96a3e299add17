using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Makes a release of a stored artifact: the same artifact gives the same release, and nothing is visible before the index is.</summary>
public sealed class ReleaseBuilder(ArtifactContainer container, ArtifactStore artifacts, ReleaseStore releases, ArchiveOptions limits, TimeProvider time)
{
    private readonly ReleaseCheck _check = new(container, releases);

    public ReleaseBuilder(ArtifactContainer container, ArtifactStore artifacts, ReleaseStore releases)
        : this(container, artifacts, releases, ArchiveOptions.Artifact, TimeProvider.System)
    {
    }

    public async Task<Release> BuildAsync(string artifact, CancellationToken cancellation)
    {
        await using var download = await artifacts.OpenAsync(artifact, cancellation) ?? throw ArchiveKind.Artifact.Invalid("", "it is not stored any more");
        if (await releases.BuiltFromAsync(artifact, cancellation) is var (built, known)
            && await releases.TouchAsync(built, known.Pack, cancellation) && await _check.FaultOfAsync(built, cancellation) is null)
        {
            return Result(built, known);
        }

        await using var archive = await ArchiveReader.OpenAsync(download.Content, ArchiveKind.Artifact, limits, time, cancellation);
        var index = await PackAsync(archive, path => path, cancellation);
        var id = await releases.AddAsync(index, cancellation);
        await releases.RememberAsync(artifact, id, cancellation);
        return Result(id, index);
    }

    /// <summary>A source that is served as it is: the pages below one of its folders, without what only tools read.</summary>
    public async Task<Release> BuildFromSourceAsync(Stream tarGz, string folder, CancellationToken cancellation)
    {
        await using var archive = await ArchiveReader.OpenAsync(tarGz, ArchiveKind.Source, ArchiveOptions.StoredSource, time, cancellation);
        var index = await PackAsync(archive, path => SourcePages.Place(path, folder), cancellation);
        return Result(await releases.AddAsync(index, cancellation), index);
    }

    /// <param name="place">Where an entry goes; null leaves it out.</param>
    private async Task<ReleaseIndex> PackAsync(ArchiveReader archive, Func<string, string?> place, CancellationToken cancellation)
    {
        await using var writer = new ContentWriter(container.Blobs);
        var pack = new PackWriter(writer);
        var files = new Dictionary<string, ReleaseFile>(StringComparer.Ordinal);
        var links = new ReleaseLinks();
        while (await archive.NextAsync(cancellation) is { } entry)
        {
            if (entry.Type == ArchiveEntryType.SymbolicLink)
            {
                // Also one that is left out may lie between another and its file.
                links.Add(entry);
            }
            else if (entry.Type != ArchiveEntryType.Folder && place(entry.Path) is { } path)
            {
                files.Add(path, entry.Type == ArchiveEntryType.File
                    ? await pack.AddAsync(entry with { Path = path }, archive, cancellation)
                    : Alias(entry.Path, path, entry.Target!, place, files));
            }
        }

        var aliases = links.Paths.Select(link => (From: link, To: place(link))).Where(link => link.To is not null)
            .Select(link => Alias(link.From, link.To!, links.FileOf(link.From), place, files)).ToList();
        aliases.ForEach(alias => files.Add(alias.Path, alias));
        var id = files.Count > 0 ? await writer.CompleteAsync(ArtifactContainer.Pack, cancellation) : throw ArchiveKind.Artifact.Invalid("", "it holds no files");
        return new() { Pack = id, Files = [.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)], Warnings = pack.Warnings };
    }

    /// <summary>A link to a file is another name for it; anything else a link could be has no meaning among pages. The type goes by the name, so an alias has its own.</summary>
    private static ReleaseFile Alias(string link, string path, string target, Func<string, string?> place, Dictionary<string, ReleaseFile> files) =>
        place(target) is not { } there ? throw ArchiveKind.Artifact.Invalid(link, "is a link to what is outside of the folder that is served, or is not served")
        : files.TryGetValue(there, out var file) ? file with { Path = path, Type = ContentTypes.Of(path) }
        : throw ArchiveKind.Artifact.Invalid(link, "is a link to no file of the archive");

    private static Release Result(string id, ReleaseIndex index) => new(id, index.Files.Count, index.Files.Sum(file => file.Length), index.Warnings);
}
