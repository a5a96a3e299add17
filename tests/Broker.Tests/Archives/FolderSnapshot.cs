using System.Diagnostics;
using System.Security.Cryptography;

namespace BuildFunctions.Broker.Tests.Archives;

/// <summary>What an unpacked archive holds: a line for each file, link and folder.</summary>
internal sealed class FolderSnapshot
{
    private FolderSnapshot(SortedDictionary<string, string> entries) => Entries = entries;

    public SortedDictionary<string, string> Entries { get; }

    public static FolderSnapshot Of(string folder)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            Add(entry, folder, entries);
        }

        return new(entries);
    }

    /// <summary>What the machine's own tar makes of an archive, and what it complains of.</summary>
    public static async Task<(FolderSnapshot Snapshot, string Said)> UnpackAsync(byte[] archive, string folder)
    {
        var file = folder + ".tar";
        await File.WriteAllBytesAsync(file, archive);
        Directory.CreateDirectory(folder);
        var packed = archive is [0x1f, 0x8b, ..] ? "-z" : "--no-auto-compress";
        using var tar = Process.Start(new ProcessStartInfo("tar", ["-x", packed, "-f", file, "-C", folder]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await tar.StandardError.ReadToEndAsync();
        await tar.WaitForExitAsync();
        return (Of(folder), tar.ExitCode == 0 ? said : $"{said} {tar.ExitCode}");
    }

    private static void Add(FileSystemInfo entry, string root, SortedDictionary<string, string> entries)
    {
        var path = Path.GetRelativePath(root, entry.FullName);
        if (entry.LinkTarget is { } target)
        {
            entries.Add(path, $"link {target}");
        }
        else if (entry is DirectoryInfo folder)
        {
            entries.Add(path, "folder");
            foreach (var inner in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
            {
                Add(inner, root, entries);
            }
        }
        else
        {
            var program = !OperatingSystem.IsWindows() && (entry.UnixFileMode & UnixFileMode.UserExecute) != 0;
            entries.Add(path, $"{(program ? "program" : "file")} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(entry.FullName)))}");
        }
    }
}
