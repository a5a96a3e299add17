using System.Diagnostics;

namespace BuildFunctions.Embedded.Invocation;

internal sealed class ActivityTraceContext : TraceContext
{
    public static ActivityTraceContext Instance { get; } = new();

    public override string TraceParent => Activity.Current?.Id ?? "";

    public override string TraceState => Activity.Current?.TraceStateString ?? "";
}
