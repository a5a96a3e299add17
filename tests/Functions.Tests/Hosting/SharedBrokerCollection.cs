namespace BuildFunctions.Functions.Tests.Hosting;

[CollectionDefinition(Name)]
public sealed class SharedBrokerCollection : ICollectionFixture<SharedBroker>
{
    public const string Name = "one broker";
}
