using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>
/// What a build's orchestration decides by, and is given. It is small, as history keeps all that an orchestration and its steps are given; the whole order is in
/// the build's record, where the steps that need more of it look.
/// </summary>
public sealed record BuildBrief
{
    public required BuildId Id { get; init; }

    public required AppName App { get; init; }

    public required IReadOnlyList<string> Providers { get; init; }

    public required BuildDeadlines Deadlines { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>The source, where it is stored already.</summary>
    public ReceivedSource? Source { get; init; }

    public required SourceKind SourceKind { get; init; }

    public required DeployTarget Deploy { get; init; }

    public required Supersede Supersede { get; init; }

    public required int Priority { get; init; }

    /// <summary>The folder or repository that the source comes from, as its sender knows it.</summary>
    public string? Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static BuildBrief Of(BuildOrder order) => new()
    {
        Id = order.Id,
        App = order.App,
        Providers = order.Providers,
        Deadlines = order.Deadlines,
        MaxAttempts = order.MaxAttempts,
        Source = order.Source,
        SourceKind = order.Request.Source ?? SourceKind.Upload,
        Deploy = order.Request.Deploy ?? DeployTarget.Production,
        Supersede = order.Supersede,
        Priority = order.Request.Priority,
        Origin = order.Request.Origin,
        CreatedAt = order.CreatedAt,
    };
}
