using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Builds;

/// <summary>How a build ended.</summary>
public sealed record BuildResult(BuildStatus Status, string? Reason = null, Problem? Error = null);
