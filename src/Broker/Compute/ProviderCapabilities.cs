namespace BuildFunctions.Broker.Compute;

/// <summary>What the broker may expect of a provider.</summary>
public sealed record ProviderCapabilities
{
    /// <summary>The log grows while the run goes on; otherwise it comes whole at the end.</summary>
    public required bool LiveLogs { get; init; }

    /// <summary>The artifact is fetched with <see cref="IBuildProvider.OpenArtifactAsync"/>; otherwise the run sends it to the callback.</summary>
    public required bool PullsArtifact { get; init; }

    /// <summary>The run calls the broker, and is given a token for that.</summary>
    public bool CallsBack { get; init; } = true;

    /// <summary>The run fetches its own source, so that nothing is sent to it at the start.</summary>
    public bool FetchesSource { get; init; }

    /// <summary>
    /// It has machines of its own that builds take slots of. It rests those that fail, so that the trouble of one says nothing about the others; and as it may
    /// have none, it is never the provider of builds that name none just because there is no other.
    /// </summary>
    public bool HasServers { get; init; }

    /// <summary>How long to wait between two polls when nothing announces a change.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a run must have been unknown, in three polls, before it counts as lost. Zero: one answer is enough.</summary>
    public TimeSpan LostGrace { get; init; }
}
