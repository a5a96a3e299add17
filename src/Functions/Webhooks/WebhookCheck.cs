using BuildFunctions.Broker.Outgoing;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Wire;

namespace BuildFunctions.Functions.Webhooks;

/// <summary>What a subscription must keep to; every fault is told at once.</summary>
public sealed class WebhookCheck(OutgoingGuard guard)
{
    public async Task PassAsync(WebhookRequest request, CancellationToken cancellation)
    {
        var target = await guard.CheckAsync(request.Url ?? "", cancellation);
        ValidationFault?[] faults =
        [
            target.Allowed ? null : new("url", target.Refusal),
            request.Events is null || (request.Events.Count > 0 && request.Events.All(WebhookEvent.All.Contains))
                ? null
                : new("events", $"'events' names some of: {string.Join(", ", WebhookEvent.All)}."),
        ];
        if (faults.OfType<ValidationFault>().ToArray() is { Length: > 0 } found)
        {
            throw RequestBody.Invalid(found);
        }
    }
}
