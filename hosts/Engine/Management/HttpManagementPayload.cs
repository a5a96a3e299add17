namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where an instance can be watched and steered over HTTP.</summary>
public class HttpManagementPayload
{
    internal HttpManagementPayload(string id, string management)
    {
        var instance = $"{management}/instances/{Uri.EscapeDataString(id)}";
        Id = id;
        PurgeHistoryDeleteUri = instance;
        SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}";
        StatusQueryGetUri = instance;
        TerminatePostUri = $"{instance}/terminate?reason={{text}}";
        SuspendPostUri = $"{instance}/suspend?reason={{text}}";
        ResumePostUri = $"{instance}/resume?reason={{text}}";
        RestartPostUri = $"{instance}/restart";
    }

    public string? Id { get; }

    public string? PurgeHistoryDeleteUri { get; }

    public string? SendEventPostUri { get; }

    public string? StatusQueryGetUri { get; }

    public string? TerminatePostUri { get; }

    public string? RewindPostUri { get; }

    public string? SuspendPostUri { get; }

    public string? ResumePostUri { get; }

    public string? RestartPostUri { get; }
}
