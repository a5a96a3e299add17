namespace BuildFunctions.Activities.Runs;

/// <summary>No provider takes the build; one is asked again at some time.</summary>
public sealed record ProviderWait(string Provider, DateTime Until);
