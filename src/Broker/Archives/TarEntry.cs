namespace BuildFunctions.Broker.Archives;

/// <summary>From what the headers say to the few kinds of entry there are for us.</summary>
internal static class TarEntry
{
    private const int OwnerMayExecute = 0x40;

    public static ArchiveEntry From(TarHeader header, TarExtension extension, ArchiveKind kind)
    {
        var name = extension.Path ?? Text(header.Name, kind);
        var path = name is "." or "./" ? "." : ArchivePath.Trim(name);
        var type = header.Type switch
        {
            '5' => ArchiveEntryType.Folder,
            _ when name.EndsWith('/') => throw kind.Invalid(path, "has the name of a folder and is none"),
            '0' or '\0' or '7' => ArchiveEntryType.File,
            '2' => ArchiveEntryType.SymbolicLink,
            '1' => ArchiveEntryType.HardLink,
            '3' or '4' => throw kind.Invalid(path, "is a device"),
            '6' => throw kind.Invalid(path, "is a pipe"),
            'S' => throw kind.Invalid(path, "is a sparse file"),
            _ => throw kind.Invalid(path, "is of an unknown type"),
        };

        // Some programs go by the one, some by the other.
        var size = extension.Size is null || extension.Size == header.Size ? header.Size : throw kind.Invalid(path, "has two different sizes");
        var target = type is ArchiveEntryType.SymbolicLink or ArchiveEntryType.HardLink ? extension.Link ?? Text(header.Link, kind) : null;
        return size != 0 && type != ArchiveEntryType.File ? throw kind.Invalid(path, "has content although it is no file")
            : new(type, path, size, type == ArchiveEntryType.File && (header.Mode & OwnerMayExecute) != 0,
                type == ArchiveEntryType.HardLink ? ArchivePath.TrimStart(target!) : target);
    }

    private static string Text(byte[] name, ArchiveKind kind)
    {
        try
        {
            return TarExtension.Decode(name);
        }
        catch (InvalidDataException fault)
        {
            throw kind.Invalid("an entry", fault.Message, fault);
        }
    }
}
