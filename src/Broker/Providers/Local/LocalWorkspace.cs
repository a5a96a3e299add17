namespace BuildFunctions.Broker.Providers.Local;

/// <summary>Folders of runs: they appear whole and disappear at once.</summary>
internal static class LocalWorkspace
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static LocalRunFolder CreateDraft(string runs, RunId run)
    {
        CreateFolder(runs);
        var draft = new LocalRunFolder(Path.Combine(runs, $".draft-{run}-{Path.GetRandomFileName()}"));
        CreateFolder(draft.Path);
        return draft;
    }

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Local builds need a POSIX host.");
        }

        Directory.CreateDirectory(path, OwnerOnly);
    }

    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    public static void Publish(LocalRunFolder draft, LocalRunFolder folder)
    {
        try
        {
            Directory.Move(draft.Path, folder.Path);
        }
        catch (IOException) when (Directory.Exists(folder.Path))
        {
            // Another call of the same attempt was first; its run is adopted.
        }
    }

    public static void Remove(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        // Under another name first: half a run would be taken for a lost one.
        var trash = Path.GetFileName(path).StartsWith('.') ? path : Path.Combine(Path.GetDirectoryName(path)!, $".trash-{Path.GetFileName(path)}-{Path.GetRandomFileName()}");
        if (trash != path)
        {
            Directory.Move(path, trash);
        }

        Directory.Delete(trash, true);
    }
    /// <summary>Also what a process left that died while it made the folder or removed it; secrets may stand in there.</summary>
    public static void RemoveAll(LocalRunFolder folder)
    {
        Remove(folder.Path);
        var runs = Path.GetDirectoryName(folder.Path)!;
        foreach (var half in Directory.Exists(runs) ? Directory.GetDirectories(runs, $".*-{Path.GetFileName(folder.Path)}-*") : [])
        {
            Remove(half);
        }
    }
}
