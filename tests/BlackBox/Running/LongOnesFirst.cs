using Xunit.Abstractions;

[assembly: TestCollectionOrderer("BuildFunctions.BlackBox.Running.LongOnesFirst", "BuildFunctions.BlackBox")]

namespace BuildFunctions.BlackBox.Running;

/// <summary>What mostly waits begins first, so that the rest is done meanwhile.</summary>
public sealed class LongOnesFirst : ITestCollectionOrderer
{
    private static readonly string[] _long = [nameof(Retention.RetentionTests), nameof(Limits.StorageTests), nameof(Limits.SlowClientTests), nameof(Limits.QueueTests), nameof(Builds.LostRunTests)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => _long.All(name => !collection.DisplayName.Contains(name, StringComparison.Ordinal))).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}
