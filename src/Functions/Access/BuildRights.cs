using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Functions.Access;

internal static class BuildRights
{
    /// <summary>What it takes to start a build, to give it what it is built from, to repeat and to cancel it: a build that says nothing goes live.</summary>
    public static Right Needed(this BuildRequest request) => (request.Deploy ?? DeployTarget.Production) == DeployTarget.Production ? Right.Deploy : Right.Trigger;
}
