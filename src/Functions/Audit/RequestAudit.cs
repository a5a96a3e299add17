using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Audit;

internal static class RequestAudit
{
    /// <summary>Says in the audit log what the request made or changed, where its route does not.</summary>
    public static void Audited(this HttpRequest request, AppName? app, string target) => request.HttpContext.Features.Get<AuditedRequest>()?.Name(app, target);

    /// <summary>Says in the audit log what of the request its action and target do not tell.</summary>
    public static void AuditedDetail(this HttpRequest request, string detail) => request.HttpContext.Features.Get<AuditedRequest>()?.Note(detail);
}
