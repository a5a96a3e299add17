using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Webhooks;

/// <summary>Whoever administers all apps manages all webhooks; whoever administers some, those of these apps.</summary>
public sealed class WebhookFunctions(Broker.Webhooks.Webhooks webhooks, WebhookStore store, VisibleWebhooks visible, WebhookCheck check)
{
    private const int MostWebhooks = 100;

    [Function("CreateWebhook")]
    [Endpoint("Send events to a URL; the answer is the only time that the secret is shown",
        Needs = Right.Admin, Scoped = true, Request = typeof(WebhookRequest), Response = typeof(Webhook), Status = 201)]
    public async Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks")] HttpRequest request, CancellationToken cancellation)
    {
        var wanted = await request.ReadJsonAsync(ContractsJson.Default.WebhookRequest, cancellation);
        if (wanted.App is { } app)
        {
            request.Caller().Require(Right.Admin, app);
        }
        else
        {
            request.Caller().RequireAllApps(Right.Admin);
        }

        await check.PassAsync(wanted, cancellation);
        if ((await store.ListAsync(cancellation)).Count >= MostWebhooks)
        {
            return Answers.Conflict("too-many-webhooks", $"There are {MostWebhooks} webhooks; remove one first.");
        }

        var made = await webhooks.SubscribeAsync(wanted.Url!, wanted.Events ?? WebhookEvent.All, wanted.App, cancellation);
        request.HttpContext.Response.Headers.Location = $"/api/webhooks/{made.Id}";
        return Answers.Json(made, ContractsJson.Default.Webhook, StatusCodes.Status201Created);
    }

    [Function("ListWebhooks")]
    [Endpoint("The webhooks, oldest first", Needs = Right.Admin, Scoped = true, Response = typeof(Webhook[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhooks")] HttpRequest request, CancellationToken cancellation)
    {
        var all = await store.ListAsync(cancellation);
        return Answers.Json([.. all.Where(hook => VisibleWebhooks.Covers(request.Caller(), hook)).Select(hook => hook.ToContract())], ContractsJson.Default.WebhookArray);
    }

    [Function("ReadWebhook")]
    [Endpoint("One webhook, and how it goes", Needs = Right.Admin, Scoped = true, Response = typeof(Webhook))]
    public Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhooks/{webhook}")] HttpRequest request, string webhook, CancellationToken cancellation) =>
        visible.WithAsync(request, webhook, hook => Task.FromResult(Answers.Json(hook.ToContract(), ContractsJson.Default.Webhook)), cancellation);

    [Function("RemoveWebhook")]
    [Endpoint("Send nothing there any more", Needs = Right.Admin, Scoped = true, Status = 204)]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/webhooks/{webhook}")] HttpRequest request, string webhook, CancellationToken cancellation) =>
        visible.WithAsync(
            request,
            webhook,
            async hook =>
            {
                await store.RemoveAsync(hook.Id, cancellation);
                return Results.NoContent();
            },
            cancellation);
}
