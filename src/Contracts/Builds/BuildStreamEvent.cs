namespace BuildFunctions.Contracts.Builds;

/// <summary>The events of <c>GET /api/builds/{id}/logs</c> as <c>text/event-stream</c>.</summary>
public static class BuildStreamEvent
{
    /// <summary>Data: a JSON string, the next piece of the log. Id: the byte offset behind it, which resumes the stream as <c>Last-Event-ID</c>.</summary>
    public const string Log = "log";

    /// <summary>Data: the <see cref="Build"/>, whenever it has changed and once at the start.</summary>
    public const string Status = "status";

    /// <summary>Data: the final <see cref="Build"/>; the last event.</summary>
    public const string End = "end";
}
