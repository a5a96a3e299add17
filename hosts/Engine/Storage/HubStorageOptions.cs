namespace BuildFunctions.Engine.Storage;

/// <summary>Where a task hub is and who owns it.</summary>
internal sealed record HubStorageOptions
{
    public required StorageAccount Account { get; init; }

    /// <summary>3 to 45 letters and digits, the first a letter, as for any task hub.</summary>
    public string HubName { get; init; } = "BuildFunctions";

    /// <summary>Names this process so that another one on the same machine can tell whether it has ended; null where that cannot be told.</summary>
    public string? Process { get; init; }

    /// <summary>Whether the process of this name was on this machine and has ended. An owner that is known to be dead is not waited for.</summary>
    public Func<string, bool> HasEnded { get; init; } = _ => false;
}
