using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Audit;

/// <summary>Which entries to list, newest first.</summary>
public sealed record AuditQuery
{
    public AppName? App { get; init; }

    public string? Actor { get; init; }

    public string? Action { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>The last entry of the page before.</summary>
    public string? Cursor { get; init; }
}
