using System.Security.Cryptography;
using System.Text.Json;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Tests.Archives;

/// <summary>What is hashed, what detection looks at, what is built and what is served are one and the same, whatever archive is sent.</summary>
public sealed class OneReadingTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly SilentBlobs _blobs = new();

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("BF_FUZZ"), out var rounds) ? rounds : 2000;

    [Fact]
    public async Task Whatever_is_sent_is_refused_or_hashed_looked_at_built_and_served_as_the_same_files()
    {
        var (read, differences) = (0, new List<string>());
        for (var seed = 0; seed < Rounds; seed++)
        {
            var sent = OddArchive.Make(new Random(seed));
            if (await RepackedAsync(sent) is { } stored)
            {
                read++;
                var folder = Directory.CreateDirectory(Path.Combine(_scratch.Path, $"{seed}")).FullName;
                differences.AddRange((await DifferencesAsync(sent, stored, folder)).Select(what => $"seed {seed}: {what}"));
                Directory.Delete(folder, recursive: true);
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));

        // Both sides are met, or the archives say nothing.
        Assert.InRange(read, Rounds / 10, Rounds * 9 / 10);
    }

    public void Dispose()
    {
        _blobs.Dispose();
        _scratch.Dispose();
    }

    private static async Task<byte[]?> RepackedAsync(byte[] sent)
    {
        try
        {
            var stored = new MemoryStream();
            await SourceRepacker.RepackAsync(new MemoryStream(sent), stored, ArchiveOptions.Source, TimeProvider.System, default);
            return stored.ToArray();
        }
        catch (RejectedException)
        {
            return null;
        }
    }

    private async Task<List<string>> DifferencesAsync(byte[] sent, byte[] stored, string folder)
    {
        List<string> differences = [];
        void Same(bool same, string what)
        {
            if (!same)
            {
                differences.Add(what);
            }
        }

        // The builder's tar and the local provider.
        var (built, said) = await FolderSnapshot.UnpackAsync(stored, Path.Combine(folder, "tar"));
        Same(said.Length == 0, $"tar says of what is stored: {said}");
        await SourceExtractor.ExtractAsync(new MemoryStream(stored), Path.Combine(folder, "local"), ArchiveOptions.StoredSource, default);
        Same(Equal(built, FolderSnapshot.Of(Path.Combine(folder, "local"))), "a local build has other files");
        var (sentBy, saidOfSent) = await FolderSnapshot.UnpackAsync(sent, Path.Combine(folder, "sent"));
        Same(Equal(built, sentBy), $"tar reads what was sent as {string.Join(", ", sentBy.Entries.Except(built.Entries))} for {string.Join(", ", built.Entries.Except(sentBy.Entries))}: {saidOfSent}");

        // The cache key.
        var (hashed, tree, links) = await HashedAsync(stored);
        Same(hashed == Expected(built, links), "other files are hashed");
        Same(hashed == (await HashedAsync(sent)).Hash, "what was sent hashes to something else");

        // Detection.
        var paths = Paths(tree, "").ToList();
        Same(paths.Order(StringComparer.Ordinal).SequenceEqual(built.Entries.Where(entry => entry.Value != "folder").Select(entry => entry.Key)), "detection sees other paths");
        Same(paths.All(path => tree.OpenRead(path) is not { } text || SameText(text, Path.Combine(folder, "tar", path))), "detection reads other text");

        // The pages.
        var served = await ServedAsync(stored, "");
        Same(served is null || served.All(file => built.Entries.ContainsKey(file.Path) && file.Sha256 == Digest(Path.Combine(folder, "tar", file.Path))), "other text is served");
        Same(served is null || built.Entries.Keys.Where(path => built.Entries[path] is not "folder" && SourcePages.Place(path, "") is not null)
            .SequenceEqual(served.Select(file => file.Path)), "other paths are served");
        var below = await ServedAsync(stored, "public");
        Same(below is null || below.All(file => file.Sha256 == Digest(Path.Combine(folder, "tar", "public", file.Path))), "other text is served of a folder");
        return differences;
    }

    private static bool Equal(FolderSnapshot one, FolderSnapshot other) => one.Entries.SequenceEqual(other.Entries);

    private static async Task<(string Hash, MemorySourceTree Tree, Dictionary<string, string> HardLinks)> HashedAsync(byte[] archive)
    {
        var links = new Dictionary<string, string>();
        await using (var reader = await ArchiveReader.OpenAsync(new MemoryStream(archive), ArchiveKind.Source, ArchiveOptions.StoredSource, TimeProvider.System, default))
        {
            while (await reader.NextAsync(default) is { } entry)
            {
                if (entry.Type == ArchiveEntryType.HardLink)
                {
                    links.Add(entry.Path, entry.Target!);
                }
            }
        }

        var fingerprint = new SourceFingerprint();
        var tree = await ArchiveSourceTree.ReadAsync(new MemoryStream(archive), ArchiveOptions.StoredSource, fingerprint, TimeProvider.System, default);
        return (fingerprint.Without([]), tree, links);
    }

    /// <summary>The hash of a folder; a hard link counts by the name that it shares.</summary>
    private static string Expected(FolderSnapshot folder, Dictionary<string, string> hardLinks)
    {
        var fingerprint = new SourceFingerprint();
        foreach (var (path, what) in folder.Entries)
        {
            var value = what[(what.IndexOf(' ') + 1)..];
            if (hardLinks.TryGetValue(path, out var target))
            {
                Assert.Equal(folder.Entries[target], what);
                fingerprint.AddLink(path, "same", target);
            }
            else if (what == "folder")
            {
                fingerprint.AddFolder(path);
            }
            else if (what.StartsWith("link ", StringComparison.Ordinal))
            {
                fingerprint.AddLink(path, "link", value);
            }
            else
            {
                fingerprint.AddFile(path, what.StartsWith("program ", StringComparison.Ordinal), value);
            }
        }

        return fingerprint.Without([]);
    }

    private static IEnumerable<string> Paths(MemorySourceTree tree, string folder) => tree.List(folder).SelectMany(name =>
        name.EndsWith('/') ? Paths(tree, folder + name) : [folder + name]);

    private static bool SameText(Stream text, string file)
    {
        using var kept = new MemoryStream();
        text.CopyTo(kept);
        return File.ReadAllBytes(file).AsSpan().StartsWith(kept.ToArray());
    }

    /// <summary>Null when it is refused: a link to no file, or no file at all.</summary>
    private async Task<IReadOnlyList<ReleaseFile>?> ServedAsync(byte[] stored, string folder)
    {
        var container = _blobs.Container;
        try
        {
            await new ReleaseBuilder(container, new ArtifactStore(container), new ReleaseStore(container)).BuildFromSourceAsync(new MemoryStream(stored), folder, default);
            return JsonSerializer.Deserialize(_blobs.LastOf("release/").Span, ReleaseJson.Default.ReleaseIndex)!.Files;
        }
        catch (RejectedException)
        {
            return null;
        }
    }

    private static string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
