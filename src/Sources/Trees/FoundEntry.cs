using System.IO.Enumeration;

namespace BuildFunctions.Sources.Trees;

internal readonly record struct FoundEntry(string Name, bool IsFolder, bool IsLink, long Length)
{
    public static FoundEntry From(ref FileSystemEntry entry)
    {
        var link = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        // A link to a folder counts as a folder for the enumerator, not for git and not for an archive.
        var folder = entry.IsDirectory && !link;
        return new FoundEntry(entry.FileName.ToString(), folder, link, folder || link ? 0 : entry.Length);
    }
}
