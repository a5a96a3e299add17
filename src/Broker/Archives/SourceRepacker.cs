using BuildFunctions.Sources.Ignore;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Broker.Archives;

/// <summary>
/// Writes a source anew from what the reader saw of it. Tar programs differ in what they make of odd archives; of this one they all make the same, so that what
/// is hashed, looked at, built and served is one and the same.
/// </summary>
internal static class SourceRepacker
{
    /// <returns>The SHA-256 of what was written.</returns>
    public static async Task<string> RepackAsync(Stream archive, Stream output, ArchiveOptions limits, TimeProvider time, CancellationToken cancellation)
    {
        await using var reader = await ArchiveReader.OpenAsync(archive, ArchiveKind.Source, limits, time, cancellation);
        using var writer = new SourceWriter(output, cancellation);
        while (await reader.NextAsync(cancellation) is { } entry)
        {
            // What bf leaves out, others may send.
            if (Array.Exists(entry.Path.Split('/'), SecretFiles.IsOne))
            {
                throw ArchiveKind.Source.Invalid(entry.Path, "may hold secrets; leave it out, and give the build what it needs with 'bf secrets set'");
            }

            await AddAsync(reader, entry, writer, cancellation);
        }

        return await writer.FinishAsync();
    }

    private static async ValueTask AddAsync(ArchiveReader reader, ArchiveEntry entry, SourceWriter writer, CancellationToken cancellation)
    {
        switch (entry.Type)
        {
            case ArchiveEntryType.Folder:
                await writer.AddFolderAsync(entry.Path);
                break;
            case ArchiveEntryType.SymbolicLink:
                await writer.AddLinkAsync(entry.Path, entry.Target!);
                break;
            case ArchiveEntryType.HardLink:
                await writer.AddHardLinkAsync(entry.Path, entry.Target!);
                break;
            case ArchiveEntryType.File:
                await writer.BeginFileAsync(entry.Path, entry.Length, entry.Executable);
                for (int read; (read = await reader.ReadAsync(writer.Free, cancellation)) > 0;)
                {
                    await writer.AdvanceAsync(read);
                }

                await writer.EndFileAsync(entry.Length);
                break;
        }
    }
}
