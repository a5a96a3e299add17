using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Cli.Tests.Fakes;

internal static class FakeWebhooks
{
    public static Webhook Hook { get; } = new()
    {
        Id = WebhookId.TryParse("whk_00000000000000000000000000", out var id) ? id : default,
        Url = "https://hooks.example/x",
        Events = WebhookEvent.All,
        CreatedAt = DateTimeOffset.UnixEpoch,
        FailingSince = DateTimeOffset.UnixEpoch,
    };

    public static WebhookDelivery Delivery { get; } = new()
    {
        Id = "msg_1",
        Event = WebhookEvent.BuildFailed,
        At = DateTimeOffset.UnixEpoch,
        State = "delivered",
        Tries = [new() { At = DateTimeOffset.UnixEpoch, Status = 204, Duration = 0.1 }],
    };
}
