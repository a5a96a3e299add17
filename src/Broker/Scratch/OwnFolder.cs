namespace BuildFunctions.Broker.Scratch;

/// <summary>A folder that is this process's and goes with it: what a killed process has left is removed by whoever makes the next one in the same place.</summary>
internal sealed class OwnFolder : IDisposable
{
    private const string OwnerFile = ".owner";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan _young = TimeSpan.FromMinutes(1);

    // The system lets go of the lock when the process dies, however it dies.
    private readonly FileStream _owner;

    private OwnFolder(string path)
    {
        Path = path;
        _owner = new FileStream(System.IO.Path.Combine(path, OwnerFile), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public string Path { get; }

    /// <param name="place">Null is a new folder among the machine's temporary ones. Others write there too, so that nothing of it is swept.</param>
    public static OwnFolder Create(string? place, string prefix)
    {
        if (place is null)
        {
            return new(Directory.CreateTempSubdirectory(prefix).FullName);
        }

        Make(place);
        Sweep(place, prefix);
        var path = System.IO.Path.Combine(place, prefix + System.IO.Path.GetRandomFileName());
        Make(path);
        return new(path);
    }

    public void Dispose()
    {
        // What cannot be deleted now counts as left by the dead, and whoever makes the next one tries again.
        _owner.Dispose();
        FolderTree.TryDelete(Path);
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    private static void Sweep(string place, string prefix)
    {
        foreach (var path in Directory.GetDirectories(place, prefix + "*").Where(IsLeft))
        {
            FolderTree.TryDelete(path);
        }
    }

    /// <summary>One that is just being made has no lock yet.</summary>
    private static bool IsLeft(string path)
    {
        try
        {
            using var owner = new FileStream(System.IO.Path.Combine(path, OwnerFile), FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(path) > _young;
        }
        catch (Exception owned) when (owned is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
