using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Orchestrations;

/// <summary>Leaves the recipe early, with the result that the build ends with.</summary>
public sealed class BuildStoppedException(BuildResult result, string? message = null) : Exception(message ?? result.Reason ?? result.Error?.Detail)
{
    public BuildResult Result { get; } = result;

    public static BuildStoppedException Cancelled(string reason) => new(new BuildResult(BuildStatus.Cancelled, reason));

    public static BuildStoppedException Failed(Problem problem) => new(new BuildResult(BuildStatus.Failed, Error: problem));
}
