using System.Text.Json;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>Builds as they are recorded.</summary>
internal static class Recorded
{
    public static AppName App { get; } = AppName.TryParse("shop", out var app) ? app : throw new InvalidOperationException();

    public static BuildId Id(DateTimeOffset at, int number) => BuildId.Create(at, [.. BitConverter.GetBytes(number), 0, 0, 0, 0, 0, 0]);

    public static BuildOrder Order(BuildId id) =>
        new() { Id = id, App = App, Request = new BuildRequest(), Providers = ["local"], Deadlines = new BuildDeadlines(), CreatedAt = id.CreatedAt };

    public static BinaryData Envelope(string sha256)
    {
        var statement = new InTotoStatement
        {
            Type = InTotoStatement.V1,
            Subject = [new() { Name = "shop.tar.gz", Digest = new Dictionary<string, string> { ["sha256"] = sha256 } }],
            PredicateType = "test",
            Predicate = JsonSerializer.SerializeToElement(sha256),
        };
        var payload = JsonSerializer.SerializeToUtf8Bytes(statement, ContractsJson.Default.InTotoStatement);
        return BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(
            new DsseEnvelope { PayloadType = DsseEnvelope.InToto, Payload = payload, Signatures = [] }, ContractsJson.Default.DsseEnvelope));
    }

    public static Build Build(BuildId id) => new() { Id = id, App = App, Status = BuildStatus.Pending, Phase = BuildPhase.Queued, CreatedAt = id.CreatedAt };
}
