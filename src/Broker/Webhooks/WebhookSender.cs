using System.Text;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Outgoing;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Sends a delivery once and writes what came of it. A process that dies in between sends again: the delivery's id is the same.</summary>
public sealed class WebhookSender(WebhookStore store, OutgoingClient client, SecretBox box, WebhookOptions options, TimeProvider time, AuditLog audit)
{
    private const int MostTries = 20;

    /// <param name="planned">Null where somebody asks for it beside the planned tries: then a failure ends nothing that is still to come.</param>
    public async Task<DeliveryRecord> SendAsync(WebhookRecord hook, DeliveryRecord delivery, PlannedTry? planned, CancellationToken cancellation)
    {
        var started = time.GetUtcNow();
        var secret = box.Open(Place(hook), hook.ClosedSecret);
        var request = new OutgoingRequest(HttpMethod.Post, hook.Url)
        {
            Body = Encoding.UTF8.GetBytes(delivery.Body),
            Headers = WebhookSignature.Headers(secret, delivery.Id, started, delivery.Body),
        };
        var answer = await client.SendAsync(request, cancellation);
        var outcome = new WebhookTry
        {
            At = started,
            Status = answer.Status,
            Duration = Math.Round((time.GetUtcNow() - started).TotalSeconds, 3),
            Error = answer.Failure,
            Answer = answer.Body.Length == 0 ? null : new SecretRedactor([secret]).Redact(Encoding.UTF8.GetString(answer.Body)),
        };
        var after = await store.UpdateAsync(hook.Id, delivery.Id, before => After(before, outcome, answer.Succeeded, planned), cancellation);
        string? disabled = null;
        await store.UpdateAsync(
            hook.Id,
            before =>
            {
                var judged = Judge(before, answer, started);
                disabled = before.Disabled is null ? judged.Disabled : null;
                return judged;
            },
            cancellation);
        if (disabled is not null)
        {
            audit.Tell("DisableWebhook", hook.Id.ToString(), disabled, hook.App);
        }

        return after ?? After(delivery, outcome, answer.Succeeded, planned);
    }

    internal static string Place(WebhookRecord hook) => $"webhook/{hook.Id}";

    /// <summary>Two may be sent at once, a planned one and one that was asked for: what has arrived with one of them has arrived.</summary>
    private static DeliveryRecord After(DeliveryRecord before, WebhookTry outcome, bool succeeded, PlannedTry? planned) => before with
    {
        State = succeeded ? DeliveryRecord.Delivered
            : before.State == DeliveryRecord.Pending && planned is { IsLast: true } ? DeliveryRecord.Failed
            : before.State,
        Tries = [.. before.Tries.TakeLast(MostTries - 1), outcome],
        Planned = Math.Max(before.Planned, planned?.Number ?? 0),
    };

    private WebhookRecord Judge(WebhookRecord hook, OutgoingAnswer answer, DateTimeOffset now)
    {
        if (answer.Succeeded)
        {
            return hook with { FailingSince = null, Disabled = null };
        }

        var since = hook.FailingSince ?? now;
        var last = answer.Status is { } status ? $"it answered {status}" : answer.Failure;
        return hook with
        {
            FailingSince = since,
            Disabled = hook.Disabled ?? (now - since >= options.DisableAfter ? $"Nothing has arrived there since {since:u}; the last time {last}. A test that arrives opens it again." : null),
        };
    }
}
