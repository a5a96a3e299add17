namespace BuildFunctions.Broker.Archives;

/// <summary>Unpacks a source into a folder that is either whole or not there.</summary>
public static class SourceExtractor
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="directory">Replaced when it is there; its parent must belong to the broker alone.</param>
    public static async Task ExtractAsync(
        Stream tarGz, string directory, ArchiveOptions limits, CancellationToken cancellation, TimeProvider? time = null)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var partial = target + ".partial";
        Remove(partial);
        try
        {
            Directory.CreateDirectory(partial);
            await using var archive = await ArchiveReader.OpenAsync(tarGz, ArchiveKind.Source, limits, time ?? TimeProvider.System, cancellation);
            await UnpackAsync(archive, partial, cancellation);
            Remove(target);
            Directory.Move(partial, target);
        }
        finally
        {
            Remove(partial);
        }
    }

    private static async Task UnpackAsync(ArchiveReader archive, string root, CancellationToken cancellation)
    {
        // Links come last, so that nothing is ever written through one.
        List<ArchiveEntry> links = [];
        while (await archive.NextAsync(cancellation) is { } entry)
        {
            var path = Path.Combine(root, entry.Path);
            Directory.CreateDirectory(entry.Type == ArchiveEntryType.Folder ? path : Path.GetDirectoryName(path)!);
            switch (entry.Type)
            {
                case ArchiveEntryType.File:
                    await WriteAsync(archive, path, entry.Executable, cancellation);
                    break;
                case ArchiveEntryType.HardLink:
                    File.Copy(Path.Combine(root, entry.Target!), path);
                    break;
                case ArchiveEntryType.SymbolicLink:
                    links.Add(entry);
                    break;
            }
        }

        links.ForEach(link => File.CreateSymbolicLink(Path.Combine(root, link.Path), link.Target!));
    }

    private static async Task WriteAsync(ArchiveReader archive, string path, bool executable, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = executable ? Executable : Plain;
        }

        await using var file = new FileStream(path, options);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await archive.ReadAsync(buffer, cancellation)) > 0;)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
