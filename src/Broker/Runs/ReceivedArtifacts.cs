using Azure.Data.Tables;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Runs;

/// <summary>What attempts have sent by callback. The first artifact of an attempt stays; a repeat of the same bytes is no news.</summary>
public sealed class ReceivedArtifacts(BrokerStorage storage)
{
    private const string Row = "artifact";

    public async Task<StoredContent?> FindAsync(RunId run, CancellationToken cancellation)
    {
        var answer = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(Partition(run), Row, cancellationToken: cancellation);
        return answer.HasValue ? new StoredContent(answer.Value!.GetString("Sha256"), answer.Value!.GetInt64("Length") ?? 0) : null;
    }

    /// <summary>The artifact that counts for the attempt: this one, or the one that came first.</summary>
    public async Task<StoredContent> AddAsync(RunId run, StoredContent artifact, CancellationToken cancellation)
    {
        try
        {
            var row = new TableEntity(Partition(run), Row) { ["Sha256"] = artifact.Sha256, ["Length"] = artifact.Length };
            await storage.Builds.AddEntityAsync(row, cancellation);
            return artifact;
        }
        catch (Azure.RequestFailedException exception) when (exception.Status == 409)
        {
            return await FindAsync(run, cancellation) ?? artifact;
        }
    }

    private static string Partition(RunId run) => $"sent|{run}";
}
