using BuildFunctions.Broker.Audit;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Audit;

/// <summary>The entry of the request that is being served: announced already, its outcome written when the answer is known.</summary>
internal sealed class AuditedRequest(AuditLog log, AuditEntry entry)
{
    private const int ClientWentAway = 499;

    private AuditEntry? _entry = entry;

    /// <summary>What the function found out about what it works on.</summary>
    public void Name(AppName? app, string target) => _entry = _entry is null ? null : _entry with { App = app ?? _entry.App, Target = target };

    /// <summary>What of the request its action and target do not tell.</summary>
    public void Note(string detail) => _entry = _entry is null ? null : _entry with { Detail = detail };

    public void EndWith(HttpResponse response)
    {
        response.OnStarting(() =>
        {
            End(response.StatusCode);
            return Task.CompletedTask;
        });
        response.OnCompleted(() =>
        {
            // Nothing was answered.
            End(ClientWentAway);
            return Task.CompletedTask;
        });
    }

    private void End(int status)
    {
        if (_entry is { } known)
        {
            log.End(known with { Status = status });
            _entry = null;
        }
    }
}
