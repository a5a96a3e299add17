using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Limits;
using BuildFunctions.Functions.Problems;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Audit;

/// <summary>Those who were not let in, as the audit log tells of them.</summary>
internal sealed class RefusedChanges(Refusals refusals, RequestEntries entries, ClientAddresses addresses)
{
    public ClientAddress AddressOf(HttpContext http) => addresses.Of(http);

    public void NoteSignIn(HttpContext http, string function) => refusals.Note(
        AddressOf(http).Network,
        entries.Draft(http, RequestEntries.Stranger, function) with { Status = StatusCodes.Status401Unauthorized, Detail = "A token that is unknown, revoked or expired." });

    public void NoteCallback(HttpContext http, string function, BuildId? build, bool isBuilder, int status, string why) => refusals.Note(
        isBuilder ? $"{build}" : AddressOf(http).Network,
        entries.Draft(http, isBuilder ? RequestEntries.Builder : RequestEntries.Stranger, function) with { Target = build?.ToString(), Status = status, Detail = why });

    /// <summary>Of what would only have been read nothing is kept.</summary>
    public void Note(HttpContext http, Caller caller, string function, RejectedException rejected)
    {
        if (AuditMiddleware.IsChange(http.Request.Method))
        {
            var entry = entries.Draft(http, caller.Token.Id.ToString(), function);
            refusals.Note(entry.Actor, entry with
            {
                Label = caller.Token.Label,
                App = RequestEntries.AppOf(http),
                Target = RequestEntries.TargetOf(http),
                Status = ProblemMapper.Map(rejected)?.Status,
                Detail = rejected.Message,
            });
        }
    }
}
