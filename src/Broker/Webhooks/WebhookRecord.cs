using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>A webhook as it is kept. The secret is closed.</summary>
public sealed record WebhookRecord(WebhookId Id, string Url, IReadOnlyList<string> Events, AppName? App, DateTimeOffset CreatedAt, byte[] ClosedSecret)
{
    public DateTimeOffset? FailingSince { get; init; }

    public string? Disabled { get; init; }

    public bool Wants(string type, AppName app) => Disabled is null && (App is null || App == app) && Events.Contains(type);

    public Webhook ToContract() => new() { Id = Id, Url = Url, Events = Events, App = App, CreatedAt = CreatedAt, FailingSince = FailingSince, Disabled = Disabled };
}
