namespace BuildFunctions.Contracts.Servers;

/// <summary>The body of <c>POST /api/servers</c>.</summary>
public sealed record ServerRequest
{
    /// <summary>1 to 40 lower-case letters, digits and inner hyphens.</summary>
    public string? Name { get; init; }

    public string? Host { get; init; }

    /// <summary>Default 22.</summary>
    public int? Port { get; init; }

    public string? User { get; init; }

    /// <summary>Stored encrypted and never returned.</summary>
    public string? PrivateKey { get; init; }

    public string? Passphrase { get; init; }

    /// <summary>An OpenSSH user certificate that goes with the key.</summary>
    public string? Certificate { get; init; }

    /// <summary>The fingerprint that the server's host key must have. Without it the answer says which one the server shows, and nothing is added.</summary>
    public string? HostKey { get; init; }

    /// <summary>Takes the host key that the server shows now.</summary>
    public bool TrustOnFirstUse { get; init; }

    public IReadOnlyList<string>? Architectures { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Default 1.</summary>
    public int? Slots { get; init; }

    /// <summary>Default <c>/tmp/builds</c>.</summary>
    public string? WorkspaceRoot { get; init; }

    /// <summary>Never shows the key.</summary>
    public override string ToString() => nameof(ServerRequest);
}
