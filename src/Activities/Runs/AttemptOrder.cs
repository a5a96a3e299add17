using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Providers;

namespace BuildFunctions.Activities.Runs;

/// <summary>One numbered try of a plan on a provider.</summary>
public sealed record AttemptOrder(BuildPlan Plan, string Provider, int Number, BuildDeadlines Deadlines)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public RunId Id => new(Plan.Build, Number);
}
