namespace BuildFunctions.Broker.Secrets.Protection;

/// <summary>How the keys that secrets are encrypted with are kept.</summary>
public sealed class ProtectionOptions
{
    /// <summary>Encrypts the key ring in blob storage. Without it, whoever can read all of the storage account can read the secrets. Default: none.</summary>
    public string? Passphrase { get; set; }

    /// <summary>Never shows the passphrase.</summary>
    public override string ToString() => nameof(ProtectionOptions);
}
