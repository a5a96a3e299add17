using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>A run that should not be there, and why.</summary>
internal sealed record FoundRun(string Kind, ListedRun Listed)
{
    public const string Zombie = "zombie";
    public const string Double = "double";
    public const string Stray = "stray";
}
