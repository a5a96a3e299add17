using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Webhooks;

public sealed class DeliveryFunctions(Broker.Webhooks.Webhooks webhooks, WebhookStore store, WebhookSender sender, VisibleWebhooks visible)
{
    private static readonly PlannedTry _onlyTry = new(1, IsLast: true);

    [Function("ListDeliveries")]
    [Endpoint("What was sent to a webhook, newest first", Needs = Right.Admin, Scoped = true, Response = typeof(WebhookDelivery[]))]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhooks/{webhook}/deliveries")] HttpRequest request, string webhook, CancellationToken cancellation) =>
        visible.WithAsync(
            request,
            webhook,
            async hook => Answers.Json(
                [.. (await store.DeliveriesAsync(hook.Id, cancellation)).Select(delivery => delivery.ToContract())], ContractsJson.Default.WebhookDeliveryArray),
            cancellation);

    [Function("Redeliver")]
    [Endpoint("Send a delivery once more, with the same id; answers with what came of it. One that is still on its way stays so when this fails",
        Needs = Right.Admin, Scoped = true, Response = typeof(WebhookDelivery))]
    public Task<IResult> RedeliverAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/{webhook}/deliveries/{delivery}/redeliver")] HttpRequest request,
        string webhook,
        string delivery,
        CancellationToken cancellation) =>
        visible.WithAsync(
            request,
            webhook,
            async hook => IsId(delivery) && await store.FindAsync(hook.Id, delivery, cancellation) is { } known
                ? await SendAsync(hook, known, planned: null, cancellation)
                : Answers.NotThere($"There is no delivery '{delivery}'. 'bf webhooks deliveries {webhook}' shows what there is."),
            cancellation);

    [Function("TestWebhook")]
    [Endpoint("Send a test; answers with what came of it. One that arrives opens a disabled webhook", Needs = Right.Admin, Scoped = true, Response = typeof(WebhookDelivery))]
    public Task<IResult> TestAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/{webhook}/test")] HttpRequest request, string webhook, CancellationToken cancellation) =>
        visible.WithAsync(
            request, webhook, async hook => await SendAsync(hook, await webhooks.PrepareTestAsync(hook, cancellation), _onlyTry, cancellation), cancellation);

    private async Task<IResult> SendAsync(WebhookRecord hook, DeliveryRecord delivery, PlannedTry? planned, CancellationToken cancellation) =>
        Answers.Json((await sender.SendAsync(hook, delivery, planned, cancellation)).ToContract(), ContractsJson.Default.WebhookDelivery);

    private static bool IsId(string text) => text.Length <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
