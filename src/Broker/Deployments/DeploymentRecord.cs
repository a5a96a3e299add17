using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>A release with an address of its own; but for being kept never changed once written.</summary>
public sealed record DeploymentRecord
{
    public required DeploymentId Id { get; init; }

    public required AppName App { get; init; }

    public BuildId? Build { get; init; }

    /// <summary>Where its source comes from, as whoever sent it said.</summary>
    public string? Origin { get; init; }

    public required string Release { get; init; }

    /// <summary>Paths that are no file get index.html, for routers that run in the browser.</summary>
    public bool SinglePage { get; init; }

    public bool Preview { get; init; }

    public int Files { get; init; }

    public long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Somebody wants to have it for as long as nobody says otherwise.</summary>
    public bool Kept { get; init; }

    /// <summary>How this row was when it was read; empty before it is written.</summary>
    internal string Version { get; init; } = "";

    public bool IsExpired(DateTimeOffset now) => !Kept && ExpiresAt < now;

    public Deployment ToContract(string url, bool live) => new()
    {
        Id = Id,
        App = App,
        Build = Build,
        Release = Release,
        Url = url,
        Live = live,
        Preview = Preview,
        Files = Files,
        Bytes = Bytes,
        CreatedAt = CreatedAt,
        ExpiresAt = Kept ? null : ExpiresAt,
        Kept = Kept,
    };
}
