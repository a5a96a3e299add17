using BuildFunctions.Broker.Audit;
using BuildFunctions.Functions.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Functions.Audit;

/// <summary>Announces every change that somebody was let in for, before it is made. What cannot be announced is not done.</summary>
internal sealed class AuditMiddleware(AuditLog log, RequestEntries entries) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && IsChange(http.Request.Method) && http.Features.Get<Caller>() is { } caller)
        {
            // Once begun it is waited for, whoever goes away: an entry without an outcome is for a broker that was killed.
            var entry = await entries.DraftAsync(http, caller, context.FunctionDefinition.Name);
            await log.BeginAsync(entry, CancellationToken.None);
            AuditedRequest audited = new(log, entry);
            http.Features.Set(audited);
            audited.EndWith(http.Response);
        }

        await next(context);
    }

    public static bool IsChange(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
}
