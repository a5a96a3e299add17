using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Makes a release of a stored artifact: the same artifact gives the same release, and nothing is visible before the index is.</summary>
public sealed class ReleaseBuilder(ArtifactContainer container, ArtifactStore artifacts, ReleaseStore releases, ArchiveOptions limits, TimeProvider time)
{
    private const int MaxLinks = 8;

    private readonly ReleaseCheck _check = new(container, releases);

    public ReleaseBuilder(ArtifactContainer container, ArtifactStore artifacts, ReleaseStore releases)
        : this(container, artifacts, releases, ArchiveOptions.Artifact, TimeProvider.System)
    {
    }

    public async Task<Release> BuildAsync(string artifact, CancellationToken cancellation)
    {
        await using var download = await artifacts.OpenAsync(artifact, cancellation) ?? throw ArchiveKind.Artifact.Invalid("", "it is not stored any more");
        if (await releases.BuiltFromAsync(artifact, cancellation) is var (built, known) && await _check.FaultOfAsync(built, cancellation) is null)
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
        await using var archive = await ArchiveReader.OpenAsync(tarGz, ArchiveKind.Source, limits, time, cancellation);
        var index = await PackAsync(archive, path => SourcePages.Place(path, folder), cancellation);
        return Result(await releases.AddAsync(index, cancellation), index);
    }

    /// <param name="place">Where an entry goes; null leaves it out.</param>
    private async Task<ReleaseIndex> PackAsync(ArchiveReader archive, Func<string, string?> place, CancellationToken cancellation)
    {
        await using var writer = new ContentWriter(container.Blobs);
        var pack = new PackWriter(writer);
        var files = new Dictionary<string, ReleaseFile>(StringComparer.Ordinal);
        List<ArchiveEntry> links = [];
        while (await archive.NextAsync(cancellation) is { } found)
        {
            if (place(found.Path) is not { } path)
            {
                continue;
            }

            var entry = found with { Path = path, Target = found.Type == ArchiveEntryType.HardLink ? place(found.Target!) : found.Target };
            switch (entry.Type)
            {
                case ArchiveEntryType.File:
                    files.Add(entry.Path, await pack.AddAsync(entry, archive, cancellation));
                    break;
                case ArchiveEntryType.HardLink:
                    files.Add(entry.Path, Alias(entry.Path, files.GetValueOrDefault(entry.Target ?? "") ?? throw ArchiveKind.Artifact.Invalid(entry.Path, "is a link to no file of the archive")));
                    break;
                case ArchiveEntryType.SymbolicLink:
                    links.Add(entry);
                    break;
            }
        }

        var targets = links.ToDictionary(link => link.Path, TargetOf, StringComparer.Ordinal);
        foreach (var link in links)
        {
            files.Add(link.Path, Alias(link.Path, Resolve(link.Path, targets, files)));
        }

        var id = files.Count > 0 ? await writer.CompleteAsync(ArtifactContainer.Pack, cancellation) : throw ArchiveKind.Artifact.Invalid("", "it holds no files");
        return new() { Pack = id, Files = [.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)], Warnings = pack.Warnings };
    }

    // A link to a file is another name for it; anything else a link could be has no meaning among pages.
    private static ReleaseFile Resolve(string link, Dictionary<string, string> targets, Dictionary<string, ReleaseFile> files)
    {
        var path = targets[link];
        for (var hops = 1; hops < MaxLinks && targets.TryGetValue(path, out var next); hops++)
        {
            path = next;
        }

        return files.TryGetValue(path, out var file) ? file : throw ArchiveKind.Artifact.Invalid(link, "is a link to no file of the archive");
    }

    private static string TargetOf(ArchiveEntry link)
    {
        var folder = link.Path.Split('/').SkipLast(1).ToList();
        foreach (var part in link.Target!.Split('/').Where(part => part != "."))
        {
            if (part == "..")
            {
                folder.RemoveAt(folder.Count - 1);
            }
            else
            {
                folder.Add(part);
            }
        }

        return string.Join('/', folder);
    }

    // The type goes by the name, so an alias has its own.
    private static ReleaseFile Alias(string path, ReleaseFile file) => file with { Path = path, Type = ContentTypes.Of(path) };

    private static Release Result(string id, ReleaseIndex index) => new(id, index.Files.Count, index.Files.Sum(file => file.Length), index.Warnings);
}
