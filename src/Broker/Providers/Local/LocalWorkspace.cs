using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Scratch;

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

    /// <summary>Lets the users of runs through to their own folders, without a look at those of others.</summary>
    public static void LetPass(string data)
    {
        foreach (var folder in new[] { Path.GetFullPath(data), LocalRunFolder.Runs(data), LocalRunFolder.Caches(data, own: true) })
        {
            CreateFolder(folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
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

    /// <exception cref="IOException">Some of it is left; under the other name nobody takes it for a run, and it is removed when it is tried again.</exception>
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

        FolderTree.Delete(trash);
    }

    /// <summary>Also what a process left that died while it made the folder or removed it; secrets may stand in there.</summary>
    public static void RemoveAll(LocalRunFolder folder)
    {
        var runs = Path.GetDirectoryName(folder.Path)!;
        string[] halves = Directory.Exists(runs) ? Directory.GetDirectories(runs, $".*-{Path.GetFileName(folder.Path)}-*") : [];
        RemoveEach([folder.Path, .. halves]);
    }

    /// <summary>One that cannot be removed does not keep the others.</summary>
    public static void RemoveEach(IEnumerable<string> paths)
    {
        List<Exception> left = [];
        foreach (var path in paths)
        {
            try
            {
                Remove(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                left.Add(fault);
            }
        }

        if (left.Count > 0)
        {
            throw new IOException($"{left.Count} folders cannot be removed.", new AggregateException(left));
        }
    }
}
