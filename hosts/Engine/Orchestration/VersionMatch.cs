using Microsoft.DurableTask.Abstractions;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>Whether this process runs instances of a version.</summary>
internal static class VersionMatch
{
    /// <summary>Why not; null when it does.</summary>
    public static string? Mismatch(this VersioningOptions worker, string? version)
    {
        var order = TaskOrchestrationVersioningUtils.CompareVersions(version ?? "", worker.Version);
        return worker.MatchStrategy switch
        {
            VersionMatchStrategy.Strict when order != 0 => $"The orchestration version '{version}' does not match the worker version '{worker.Version}'.",
            VersionMatchStrategy.CurrentOrOlder when order > 0 => $"The orchestration version '{version}' is greater than the worker version '{worker.Version}'.",
            _ => null,
        };
    }

    public static bool Rejects(this VersioningOptions worker, string? version) =>
        worker.FailureStrategy is VersionFailureStrategy.Reject && worker.Mismatch(version) is not null;
}
