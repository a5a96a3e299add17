using System.Text.Json;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Reconciliation;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>Keeps the last report.</summary>
public sealed class ReportStore(BrokerStorage storage)
{
    private const string Partition = "reconcile";
    private const string Row = "last";
    private const int MostFindings = 50;

    public async Task WriteAsync(ReconcileReport report, CancellationToken cancellation)
    {
        var kept = report with { Findings = [.. report.Findings.Take(MostFindings)] };
        var row = new TableEntity(Partition, Row) { ["Report"] = JsonSerializer.SerializeToUtf8Bytes(kept, ContractsJson.Default.ReconcileReport) };
        await storage.Settings.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    public async Task<ReconcileReport?> ReadAsync(CancellationToken cancellation)
    {
        var answer = await storage.Settings.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellation);
        return answer.HasValue ? JsonSerializer.Deserialize(answer.Value!.GetBinary("Report"), ContractsJson.Default.ReconcileReport) : null;
    }
}
