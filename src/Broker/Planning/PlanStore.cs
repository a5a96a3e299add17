using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.InMemory;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Planning;

/// <summary>
/// The plans of builds: written once, in the build's own partition, with which they go, and read by the steps that need them. A step is given the build's id and
/// not the plan, which may be long and would stand in history as often as there are steps.
/// </summary>
public sealed class PlanStore(BrokerStorage storage)
{
    /// <summary>A column holds 64 KiB and a row 1 MiB.</summary>
    private const int ColumnBytes = 60_000;
    private const int MostColumns = 16;

    private const long CacheBytes = 8 << 20;

    private readonly BoundedCache<BuildId, (BuildPlan Plan, int Bytes)> _recent = new(CacheBytes, kept => kept.Bytes);

    /// <returns>The plan that counts: this one, or the one that an earlier try of the same step has made.</returns>
    public async Task<BuildPlan> AddAsync(BuildPlan plan, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(plan, PlanningJson.Default.BuildPlan);
        if (bytes.Length > ColumnBytes * MostColumns)
        {
            throw new RejectedException(
                ErrorCode.SourceInvalid, $"The build's settings and environment make a plan of {bytes.Length} bytes; {ColumnBytes * MostColumns} are the most.");
        }

        var row = new TableEntity(plan.Build.ToString(), BuildKeys.Plan);
        foreach (var (place, part) in bytes.Chunk(ColumnBytes).Index())
        {
            row[Column(place)] = part;
        }

        try
        {
            await storage.Builds.AddEntityAsync(row, cancellation);
            _recent.Add(plan.Build, (plan, bytes.Length));
            return plan;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return await FindAsync(plan.Build, cancellation);
        }
    }

    public async ValueTask<BuildPlan> FindAsync(BuildId build, CancellationToken cancellation)
    {
        if (_recent.TryGet(build, out var kept))
        {
            return kept.Plan;
        }

        var row = await storage.Builds.GetEntityIfExistsAsync<TableEntity>(build.ToString(), BuildKeys.Plan, cancellationToken: cancellation);
        var bytes = row.HasValue ? BytesOf(row.Value!) : throw new InvalidOperationException($"There is no plan of build {build}.");
        var plan = JsonSerializer.Deserialize(bytes, PlanningJson.Default.BuildPlan)!;
        _recent.Add(build, (plan, bytes.Length));
        return plan;
    }

    private static byte[] BytesOf(TableEntity row) =>
        [.. Enumerable.Range(0, MostColumns).Select(place => row.GetBinary(Column(place))).TakeWhile(part => part is not null).SelectMany(part => part)];

    private static string Column(int place) => $"Plan{place}";
}
