using System.Text.Json.Serialization;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Activities.Runs;

/// <summary>One numbered try of a build's plan, which is stored, on a provider.</summary>
public sealed record AttemptOrder(BuildId Build, AppName App, string Provider, int Number, BuildDeadlines Deadlines)
{
    [JsonIgnore]
    public RunId Id => new(Build, Number);
}
