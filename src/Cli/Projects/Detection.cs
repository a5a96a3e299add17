using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Cli.Projects;

/// <summary>What <c>bf detect --json</c> writes: what was found, and what would be asked for.</summary>
internal sealed record Detection(DetectedProject Detected, BuildRequest Request);
