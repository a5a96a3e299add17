using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Webhooks;

/// <summary>To a caller for some apps, the webhooks of others are not there.</summary>
public sealed class VisibleWebhooks(WebhookStore store)
{
    internal static bool Covers(Caller caller, WebhookRecord hook) => hook.App is { } app ? caller.Covers(app) : caller.IsForAllApps;

    internal async Task<IResult> WithAsync(HttpRequest request, string id, Func<WebhookRecord, Task<IResult>> answer, CancellationToken cancellation) =>
        WebhookId.TryParse(id, out var known) && await store.FindAsync(known, cancellation) is { } hook && Covers(request.Caller(), hook)
            ? await answer(hook)
            : Answers.NotThere($"There is no webhook '{id}'. 'bf webhooks list' shows what there is.");
}
