namespace BuildFunctions.Broker.Compute;

/// <summary>Compute that runs builds. Each member may be called again after a crash, with the same arguments and the same effect.</summary>
public interface IBuildProvider
{
    /// <summary>The name that requests and settings use: <c>local</c>, <c>github</c>, …</summary>
    string Name { get; }

    ProviderCapabilities Capabilities { get; }

    /// <summary>A cheap look at whether a build could start now.</summary>
    Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Starts the run of this build and attempt, or adopts the one that was started before. A failure leaves open whether a run began,
    /// unless it is a rejection or a <see cref="Failures.TransientException"/> that says that nothing was started.
    /// </summary>
    Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken);

    /// <summary>Where the run stands, and what it has logged since <paramref name="cursor"/>.</summary>
    Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken);

    /// <summary>Completes when polling from <paramref name="cursor"/> is likely to bring something new; it may be early, and is never late by more than seconds.</summary>
    Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken);

    /// <summary>Asks the run to stop; <paramref name="force"/> leaves it no time. Confirmed only by a final state from <see cref="PollAsync"/>.</summary>
    Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken);

    /// <summary>The packed output (tar, gzip) of a run that succeeded, for providers whose artifact is pulled.</summary>
    Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken);

    /// <summary>Removes everything the run holds at the provider; ends it first when it still runs.</summary>
    Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken);
}
