namespace BuildFunctions.Broker.Archives;

/// <param name="Path">Relative, checked, with <c>/</c> between its parts.</param>
/// <param name="Target">Of a symbolic link: relative to the link. Of a hard link: the path of a file that came before.</param>
internal sealed record ArchiveEntry(ArchiveEntryType Type, string Path, long Length, bool Executable, string? Target = null);
