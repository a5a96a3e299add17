using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Storage;

/// <summary>Which heads to list. The order is the store's own and stable; <paramref name="After"/> is the id of the last head already seen.</summary>
internal sealed record HeadQuery(
    IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses = null,
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    string? IdPrefix = null,
    string? After = null);
