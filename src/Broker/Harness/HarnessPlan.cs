using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Harness;

/// <summary>What the harness is generated from.</summary>
public sealed record HarnessPlan
{
    public required RunRequest Request { get; init; }

    /// <summary>A folder that the app's builds share; null keeps the caches inside the run.</summary>
    public string? Cache { get; init; }

    /// <summary>Whom the build's commands run as; null is whoever runs the harness. Any other needs root, and setpriv on the machine.</summary>
    public HarnessUser? User { get; init; }

    /// <summary>Where the run fetches its source; null when it is in place before the start.</summary>
    public Uri? Source { get; init; }

    /// <summary>Writes the SHA-256 of the artifact beside it, for whoever fetches it over a network.</summary>
    public bool Digest { get; init; }

    /// <summary>Between the request to stop and the end by force.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    public int Nice { get; init; } = 5;
}
