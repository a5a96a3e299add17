using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Who is told of what.</summary>
public sealed class Webhooks(WebhookStore store, SecretBox box, IdSource ids, TimeProvider time)
{
    private const int DigitsOfId = 32;

    /// <returns>What is shown once: the secret is in it.</returns>
    public async Task<Webhook> SubscribeAsync(string url, IReadOnlyList<string> events, AppName? app, CancellationToken cancellation)
    {
        var secret = WebhookSignature.NewSecret();
        var hook = new WebhookRecord(ids.Next<WebhookId>(), url, events, app, time.GetUtcNow(), []);
        hook = hook with { ClosedSecret = box.Close(WebhookSender.Place(hook), secret) };
        await store.AddAsync(hook, cancellation);
        return hook.ToContract() with { Secret = secret };
    }

    /// <summary>Writes a delivery for everybody who wants to know. The same event has the same ids, so that a repeat writes nothing.</summary>
    /// <param name="key">What tells this event from others of its type.</param>
    /// <returns>Those that are not through yet.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> TellAsync(string key, AppName app, WebhookMessage message, CancellationToken cancellation)
    {
        List<DeliveryRecord> open = [];
        foreach (var hook in (await store.ListAsync(cancellation)).Where(hook => hook.Wants(message.Type, app)))
        {
            var delivery = await store.AddAsync(Delivery(hook, key, message), cancellation);
            if (delivery.State == DeliveryRecord.Pending)
            {
                open.Add(delivery);
            }
        }

        return open;
    }

    public Task<DeliveryRecord> PrepareTestAsync(WebhookRecord hook, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var message = new WebhookMessage { Type = WebhookEvent.Test, Timestamp = now, Data = new() { App = hook.App } };
        return store.AddAsync(Delivery(hook, ids.Next<WebhookId>().ToString(), message), cancellation);
    }

    private static DeliveryRecord Delivery(WebhookRecord hook, string key, WebhookMessage message)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{hook.Id}\n{message.Type}\n{key}"));
        return new(hook.Id, DeliveryRecord.IdPrefix + Convert.ToHexStringLower(hash)[..DigitsOfId], message.Type, message.Timestamp, JsonSerializer.Serialize(message, ContractsJson.Default.WebhookMessage));
    }
}
