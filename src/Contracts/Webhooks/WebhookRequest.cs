using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Webhooks;

/// <summary>The body of <c>POST /api/webhooks</c>.</summary>
public sealed record WebhookRequest
{
    public string? Url { get; init; }

    /// <summary>Of <see cref="WebhookEvent.All"/>; all, if absent.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The app that it is about; all, if absent.</summary>
    public AppName? App { get; init; }
}
