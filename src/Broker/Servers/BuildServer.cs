using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Servers;

/// <summary>A machine that builds over SSH, without its key.</summary>
public sealed record BuildServer
{
    public required ServerId Id { get; init; }

    public required string Name { get; init; }

    public required SshAddress Address { get; init; }

    public required string HostKey { get; init; }

    /// <summary>What it builds for, where that is not only what it is.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    public IReadOnlyList<string> Labels { get; init; } = [];

    public int Slots { get; init; } = 1;

    public required string WorkspaceRoot { get; init; }

    public bool Drained { get; init; }

    public string? DrainReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
