using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Functions.Access;

internal static class BuildRights
{
    /// <summary>What it takes to start a build, and to give it what it is built from: a build that says nothing goes live.</summary>
    public static Right Needed(this BuildRequest request) => (request.Deploy ?? DeployTarget.Production) == DeployTarget.Production ? Right.Deploy : Right.Trigger;
}
