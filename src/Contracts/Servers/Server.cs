using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Servers;

/// <summary>A build server as <c>GET /api/servers</c> shows it; its key is never shown.</summary>
public sealed record Server
{
    public required ServerId Id { get; init; }

    public required string Name { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    /// <summary>The fingerprint of the one host key that it may show: <c>SHA256:…</c></summary>
    public required string HostKey { get; init; }

    /// <summary>What it builds for, where that is not only what it is.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Builds that run there at once.</summary>
    public required int Slots { get; init; }

    /// <summary>The builds that run there now.</summary>
    public int Running { get; init; }

    public required string WorkspaceRoot { get; init; }

    /// <summary>It takes no new builds; those that run there go on.</summary>
    public bool Drained { get; init; }

    public string? DrainReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ServerHealth? Health { get; init; }
}
