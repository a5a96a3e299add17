namespace BuildFunctions.Functions.Tests.Failover.Remote;

/// <summary>A run as the remote service keeps and tells it.</summary>
internal sealed record RemoteRun(string Id, string Key, string Broker, string Token, string State, DateTimeOffset StartedAt)
{
    public const string Running = "running";
    public const string Cancelled = "cancelled";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
}
