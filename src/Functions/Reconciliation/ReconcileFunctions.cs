using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Reconciliation;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Reconciliation;

/// <summary>Compares the providers with the broker: every few minutes, when the broker starts, and when somebody asks.</summary>
public sealed class ReconcileFunctions(Reconciler reconciler, ReportStore reports)
{
    [Function("ReconcileTimer")]
    public Task TickAsync([TimerTrigger("30 */5 * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation) => RunAsync(cancellation);

    [Function("Reconcile")]
    [Endpoint("Compare what providers run with what the broker knows, and end what nobody owns", Needs = Right.Admin, Response = typeof(ReconcileReport))]
    public async Task<IResult> ReconcileAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reconcile")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json(await RunAsync(cancellation), ContractsJson.Default.ReconcileReport);

    [Function("ReadReconcileReport")]
    [Endpoint("What the last comparison with the providers found and mended", Needs = Right.Read, Response = typeof(ReconcileReport))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reconcile")] HttpRequest request, CancellationToken cancellation) =>
        await reports.ReadAsync(cancellation) is { } report
            ? Answers.Json(report, ContractsJson.Default.ReconcileReport)
            : Answers.NotThere("The broker has not compared itself with its providers yet. POST does it now.");

    private async Task<ReconcileReport> RunAsync(CancellationToken cancellation)
    {
        var report = await reconciler.RunAsync(cancellation);
        await reports.WriteAsync(report, cancellation);
        return report;
    }
}
