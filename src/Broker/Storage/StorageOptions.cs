namespace BuildFunctions.Broker.Storage;

/// <summary>Where the broker keeps its state.</summary>
public sealed class StorageOptions
{
    /// <summary>The start of the name of each table and container; brokers that share an account differ here. Letters and digits, 3 to 20.</summary>
    public string Prefix { get; set; } = "bf";
}
