namespace BuildFunctions.Broker.Compute;

/// <summary>A provider that can say which runs it has.</summary>
public interface IRunList
{
    /// <summary>The runs that carry the mark of <see cref="RunRequest.Broker"/>; those of others are not told.</summary>
    Task<IReadOnlyList<ListedRun>> ListRunsAsync(string broker, CancellationToken cancellationToken);

    /// <summary>Removes what is older than <paramref name="before"/> and is no run: halves of starts and removals that a crash left.</summary>
    Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.CompletedTask;
}
