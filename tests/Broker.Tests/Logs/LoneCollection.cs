namespace BuildFunctions.Broker.Tests.Logs;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoneCollection
{
    public const string Name = "alone";
}
