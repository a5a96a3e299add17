using BuildFunctions.Broker.Audit;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Limits;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Audit;

/// <summary>A request as the audit log names it: by its route, never by its query or body.</summary>
internal sealed class RequestEntries(AuditLog log, ClientAddresses addresses, BuildApps builds)
{
    public const string Stranger = "stranger";
    public const string Builder = "builder";

    public AuditEntry Draft(HttpContext http, string actor, string action) => log.Draft(actor, action) with { From = addresses.Of(http).Text };

    public static string? TargetOf(HttpContext http) =>
        string.Join('/', http.Request.RouteValues.Where(value => value.Key != "app").Select(value => value.Value)) is { Length: > 0 } target ? target : null;

    public static AppName? AppOf(HttpContext http) => AppName.TryParse(http.Request.RouteValues["app"] as string, out var app) ? app : null;

    public async ValueTask<AuditEntry> DraftAsync(HttpContext http, Caller caller, string action)
    {
        var entry = Draft(http, caller.Token.Id.ToString(), action) with { Label = caller.Token.Label };
        return entry with
        {
            Target = TargetOf(http),
            App = AppOf(http) ?? (BuildId.TryParse(http.Request.RouteValues["id"] as string, out var build) ? await builds.FindAsync(build, http.RequestAborted) : null),
        };
    }
}
