namespace BuildFunctions.Broker.Sources;

/// <summary>Cloning of repositories.</summary>
public sealed class GitOptions
{
    /// <summary>git 2.37 or later: an older one cannot be told which address to connect to. Default <c>git</c>.</summary>
    public string Program { get; set; } = "git";

    /// <summary>Divided by colons: <c>file</c> adds repositories on this machine. Default https; http is up to <c>Outgoing:AllowedHosts</c>.</summary>
    public string Protocols { get; set; } = "https";

    /// <summary>Default 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of the checked-out files. Default 512 MiB.</summary>
    public long Size { get; set; } = 512L << 20;

    /// <summary>Files and folders of the commit. Default 100,000.</summary>
    public int Entries { get; set; } = 100_000;

    /// <summary>Clones at a time in one broker process; other builds wait. Default 3.</summary>
    public int MaxConcurrent { get; set; } = 3;

    /// <summary>Where clones lie until they are packed; what a killed broker leaves there is removed by the next clone. Null is a new folder among the machine's temporary ones each time.</summary>
    public string? Folder { get; set; }
}
