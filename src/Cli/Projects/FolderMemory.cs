using System.Security.Cryptography;
using System.Text.Json;

namespace BuildFunctions.Cli.Projects;

/// <summary>A file below the app's folder, in a folder that git ignores by itself and that is never sent.</summary>
internal static class FolderMemory
{
    private const string Name = "app.json";
    private const int LargestFile = 64 * 1024;

    /// <summary>Null where nothing is remembered, or what is there cannot be read.</summary>
    public static RememberedApp? Read(DirectoryInfo folder)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, Sources.Ignore.OwnFolder.Name, Name));
        try
        {
            return file is { Exists: true, Length: < LargestFile } ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), ProjectsJson.Default.RememberedApp) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The folder's own, or a new one that is written at the first deployment.</summary>
    public static RememberedApp ReadOrMake(DirectoryInfo folder) =>
        Read(folder) is { Folder.Length: > 0 } known ? known : new RememberedApp(null, RandomNumberGenerator.GetHexString(20, lowercase: true));

    /// <returns>False where the folder cannot be written to: then the next deployment asks again.</returns>
    public static bool TryWrite(DirectoryInfo folder, RememberedApp remembered)
    {
        try
        {
            var own = Directory.CreateDirectory(Path.Combine(folder.FullName, Sources.Ignore.OwnFolder.Name)).FullName;
            File.WriteAllText(Path.Combine(own, ".gitignore"), "*\n");
            File.WriteAllBytes(Path.Combine(own, Name), JsonSerializer.SerializeToUtf8Bytes(remembered, ProjectsJson.Default.RememberedApp));
            return true;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
