namespace BuildFunctions.Broker.Storage;

/// <summary>Where the broker keeps its state.</summary>
public sealed class StorageOptions
{
    /// <summary>The start of the name of each table and container; brokers that share an account differ here. Letters and digits, 3 to 20.</summary>
    public string Prefix { get; set; } = "bf";

    /// <summary>Bytes that the broker may store; above that new builds are refused. Default: no limit.</summary>
    public long? MaxBytes { get; set; }

    /// <summary>Bytes that the disk of local builds must have left; below that new builds are refused. Default: no limit.</summary>
    public long? MinFreeDisk { get; set; }

    /// <summary>For one answer of the storage, which is asked three times more before a request is told to come back. Default 20 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
