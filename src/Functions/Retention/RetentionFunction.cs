using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Retention;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Retention;

/// <summary>Removes what is kept no longer: every hour, and when somebody asks for it.</summary>
public sealed partial class RetentionFunction(RetentionSweep sweep, StorageBudget budget, AuditLog audit, ILogger<RetentionFunction> logger)
{
    [Function("Retention")]
    public async Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var removed in (await RunAsync(dryRun: false, client, cancellation)).Removed)
        {
            Removed(logger, removed.Count, removed.Kind, removed.Bytes);
            await audit.AddAsync(AuditLog.Broker, "retention", removed.Kind, $"{removed.Count} removed, {removed.Bytes} bytes: {string.Join(' ', removed.Names)}", cancellation);
        }
    }

    [Function("RunRetention")]
    [Endpoint("Remove now what is kept no longer, and say what went; ?dryRun=true only says it", Needs = Right.Admin, Response = typeof(RetentionReport))]
    public async Task<IResult> RunNowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/run")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var dryRun = request.Query["dryRun"] == "true";
        if (dryRun)
        {
            request.AuditedDetail("dry run: nothing is removed");
        }

        return Answers.Json(await RunAsync(dryRun, client, cancellation), ContractsJson.Default.RetentionReport);
    }

    [Function("ReadStorage")]
    [Endpoint("What the broker stores, by kind, and its budget", Needs = Right.Read, Response = typeof(StorageUse))]
    public async Task<IResult> StorageAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/storage")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json(await budget.ReadAsync(cancellation), ContractsJson.Default.StorageUse);

    private Task<RetentionReport> RunAsync(bool dryRun, DurableTaskClient client, CancellationToken cancellation) =>
        sweep.RunAsync(dryRun, new EngineHistories(client), cancellation);

    [LoggerMessage(1, LogLevel.Information, "Retention: {Count} {Kind} removed, {Bytes} bytes")]
    private static partial void Removed(ILogger logger, int count, string kind, long bytes);
}
