namespace BuildFunctions.Broker.Archives;

internal enum ArchiveEntryType
{
    File,
    Folder,
    SymbolicLink,
    HardLink,
}
