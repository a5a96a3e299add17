using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Broker.Archives;

/// <summary>Every name seen so far, by digest, so that a hundred thousand of them stay small.</summary>
internal sealed class ArchiveNames
{
    private readonly Dictionary<UInt128, Seen> _seen = [];

    /// <returns>Why the entry cannot stand beside those before it.</returns>
    public string? Add(ArchiveEntry entry)
    {
        for (var end = entry.Path.IndexOf('/'); end >= 0; end = entry.Path.IndexOf('/', end + 1))
        {
            if (AddFolder(entry.Path[..end]) is { } fault)
            {
                return fault;
            }
        }

        if (entry.Type == ArchiveEntryType.Folder)
        {
            return AddFolder(entry.Path);
        }

        return _seen.TryAdd(Key(NameFold.Of(entry.Path)), new(entry.Type, Key(entry.Path), entry.Length))
            ? null : "is there twice, or collides with a name that differs only in case or Unicode form";
    }

    public long? FileLength(string path) =>
        _seen.TryGetValue(Key(NameFold.Of(path)), out var seen) && seen.Exact == Key(path) && seen.Type is ArchiveEntryType.File or ArchiveEntryType.HardLink
            ? seen.Length : null;

    private string? AddFolder(string path)
    {
        var exact = Key(path);
        var key = Key(NameFold.Of(path));
        return !_seen.TryGetValue(key, out var seen) ? AddNew(key, exact)
            : seen.Type != ArchiveEntryType.Folder ? "uses a file or a link as a folder"
            : seen.Exact != exact ? "is in a folder whose name differs from another's only in case or Unicode form"
            : null;
    }

    private string? AddNew(UInt128 key, UInt128 exact)
    {
        _seen.Add(key, new(ArchiveEntryType.Folder, exact, 0));
        return null;
    }

    private static UInt128 Key(string text) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private readonly record struct Seen(ArchiveEntryType Type, UInt128 Exact, long Length);
}
