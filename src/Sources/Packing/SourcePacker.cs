using System.Globalization;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Packing;

/// <summary>Packs a folder into a tar.gz whose bytes depend on nothing but the files: the same tree gives the same archive.</summary>
public static class SourcePacker
{
    private const int ProgressEvery = 256;
    private const string Advice = "Name what a build does not need in .bfignore or in \"exclude\" of app.json.";

    /// <summary>Nothing is written when the folder is refused up front; past the limit, writing stops half-way.</summary>
    public static Task<PackResult> PackAsync(string folder, Stream output, PackOptions options, CancellationToken cancellationToken) =>
        PackAsync(folder, DirectoryWalk.List(folder, options.Exclude, options.Committed, cancellationToken), output, options, cancellationToken);

    public static async Task<PackResult> PackAsync(string folder, SourceListing listing, Stream output, PackOptions options, CancellationToken cancellationToken)
    {
        if (listing.Faults.Count > 0)
        {
            return new PackRefusal(ErrorCode.SourceInvalid, "The source cannot be packed.", listing.Faults);
        }

        if (listing.Entries.Count == 0)
        {
            return new PackRefusal(ErrorCode.SourceInvalid, "There is nothing to send: every file is ignored or the folder is empty.",
                [.. listing.Skipped.Take(10).Select(skipped => $"{skipped.Path}: {skipped.Reason}")]);
        }

        if (listing.Entries.Where(entry => entry.Length > options.FileLimit).ToList() is { Count: > 0 } tooLong)
        {
            return FilesTooLarge(tooLong, options.FileLimit);
        }

        using var archive = new SourceArchive(folder, output, cancellationToken);
        var done = 0;
        foreach (var entry in listing.Entries)
        {
            if (await archive.AddAsync(entry) is { } fault)
            {
                return Unreadable(folder, entry, fault, listing.Entries.Skip(done + 1));
            }

            if (archive.Written > options.Limit)
            {
                return TooLarge(listing, options.Limit);
            }

            if (++done % ProgressEvery == 0 || done == listing.Entries.Count)
            {
                options.Progress?.Report(new PackProgress(done, listing.Entries.Count, archive.Read, archive.Written));
            }
        }

        var sha256 = await archive.FinishAsync();
        return archive.Written > options.Limit
            ? TooLarge(listing, options.Limit)
            : new PackedSource(archive.Written, sha256, listing.Entries.Count, archive.Read, listing.Skipped);
    }

    // One round for the user to fix them all: what comes after the first is only opened.
    private static PackRefusal Unreadable(string folder, SourceEntry first, string fault, IEnumerable<SourceEntry> others)
    {
        var faults = new List<string> { $"{first.Path}: {fault}" };
        foreach (var entry in others.Where(entry => entry.LinkTarget is null))
        {
            using var file = SourceFile.Open(Path.Combine(folder, entry.Path), entry.Length);
            if (file.Fault is not null)
            {
                faults.Add($"{entry.Path}: {file.Fault}");
            }
        }

        return new PackRefusal(ErrorCode.SourceInvalid, "Some files cannot be read.", faults);
    }

    private static PackRefusal TooLarge(SourceListing listing, long limit)
    {
        var biggest = listing.Entries.GroupBy(Folder).Select(group => (Folder: group.Key, Size: group.Sum(entry => entry.Length)))
            .OrderByDescending(group => group.Size).ThenBy(group => group.Folder, StringComparer.Ordinal).Take(5);
        var files = listing.Entries.OrderByDescending(entry => entry.Length).ThenBy(entry => entry.Path, StringComparer.Ordinal).Take(3);
        return new PackRefusal(ErrorCode.SourceTooLarge, $"The source has {Megabytes(listing.Entries.Sum(entry => entry.Length))} and is larger than {Megabytes(limit)} compressed.",
            [.. biggest.Select(group => $"{Megabytes(group.Size)} in {group.Folder}"), .. files.Select(file => $"{Megabytes(file.Length)} is {file.Path}"), Advice])
        { Limit = limit };
    }

    private static PackRefusal FilesTooLarge(IEnumerable<SourceEntry> files, long limit) => new(
        ErrorCode.SourceTooLarge,
        $"One file is larger than {Megabytes(limit)}, the most that a file of a source may have.",
        [.. files.OrderByDescending(file => file.Length).Take(5).Select(file => $"{Megabytes(file.Length)} is {file.Path}"), Advice])
    { Limit = limit, IsOfOneFile = true };

    // Two levels deep: one is too coarse for src/, three hides the sum.
    private static string Folder(SourceEntry entry)
    {
        var parts = entry.Path.Split('/');
        return parts.Length == 1 ? "the top folder" : string.Join('/', parts.SkipLast(1).Take(2)) + "/";
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
