using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Engine.Management;

/// <summary>Where an instance can be watched and steered over HTTP, as the management API of Durable Functions says it.</summary>
internal sealed record InstanceLinks(
    string Id, string StatusQueryGetUri, string SendEventPostUri, string TerminatePostUri, string PurgeHistoryDeleteUri,
    string RestartPostUri, string SuspendPostUri, string ResumePostUri)
{
    public static InstanceLinks Of(HttpRequest request, string root, string id)
    {
        var proto = First("X-Forwarded-Proto") ?? request.Scheme;
        var host = First("X-Forwarded-Host") ?? request.Host.Value;
        var instance = $"{proto}://{host}{root}/instances/{Uri.EscapeDataString(id)}";
        return new InstanceLinks(
            id, instance, $"{instance}/raiseEvent/{{eventName}}", $"{instance}/terminate?reason={{text}}", instance,
            $"{instance}/restart", $"{instance}/suspend?reason={{text}}", $"{instance}/resume?reason={{text}}");

        string? First(string header) => request.Headers[header].FirstOrDefault()?.Split(',')[0].Trim();
    }
}
