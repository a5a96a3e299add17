using System.Security.Cryptography;
using BuildFunctions.Contracts.Provenance;
using BuildFunctions.Contracts.Retention;

namespace BuildFunctions.Cli.Tests.Fakes;

internal static class FakeRetention
{
    public static StorageUse Use { get; } = new(
        DateTimeOffset.UnixEpoch, 3 << 20, 2 << 20, "The broker stores 3 MiB and may store 2.", [new("artifacts", 1, 1 << 20), new("logs", 2, 2 << 20)]);

    public static ProvenanceKeys Keys { get; } = new([Key(), Key() with { RetiredAt = DateTimeOffset.UnixEpoch }]);

    public static RetentionReport Report(bool dryRun) => new(DateTimeOffset.UnixEpoch, dryRun, More: !dryRun, [new("builds", 7, 0, ["bld_1", "bld_2", "bld_3"])]);

    private static ProvenanceKey Key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ProvenanceKey.Of(key.ExportSubjectPublicKeyInfo()) with { CreatedAt = DateTimeOffset.UnixEpoch };
    }
}
