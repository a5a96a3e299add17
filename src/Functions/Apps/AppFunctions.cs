using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Apps;

public sealed class AppFunctions(AppStore apps, AppDirectory directory, ToldSwitches switches)
{
    [Function("ListApps")]
    [Endpoint("All apps", Needs = Right.Read, Scoped = true, Response = typeof(App[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json(
            [
                .. await Task.WhenAll((await apps.ListAsync(cancellation))
                    .Where(app => request.Caller().Covers(app.Name))
                    .Select(app => directory.DescribeAsync(app, cancellation))),
            ],
            ContractsJson.Default.AppArray);

    [Function("ReadApp")]
    [Endpoint("One app and what is live", Needs = Right.Read, Response = typeof(App))]
    public Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps/{app}")] HttpRequest request, string app, CancellationToken cancellation) =>
        WithAppAsync(app, async record => Answers.Json(await directory.DescribeAsync(record, cancellation), ContractsJson.Default.App), cancellation);

    [Function("ListDeployments")]
    [Endpoint("The deployments of an app, newest first (limit, cursor)", Needs = Right.Read, Response = typeof(DeploymentPage))]
    public Task<IResult> DeploymentsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps/{app}/deployments")] HttpRequest request, string app, CancellationToken cancellation) =>
        PageAsync(request, app, previewsOnly: false, cancellation);

    [Function("ListPreviews")]
    [Endpoint("The previews of an app, newest first (limit, cursor)", Needs = Right.Read, Response = typeof(DeploymentPage))]
    public Task<IResult> PreviewsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps/{app}/previews")] HttpRequest request, string app, CancellationToken cancellation) =>
        PageAsync(request, app, previewsOnly: true, cancellation);

    [Function("Promote")]
    [Endpoint("Make a deployment live", Needs = Right.Deploy, Request = typeof(DeploymentChoice), Response = typeof(Deployment))]
    public Task<IResult> PromoteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/apps/{app}/promote")] HttpRequest request, string app, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        WithAppAsync(
            app,
            async record =>
            {
                var choice = await request.ReadJsonAsync(ContractsJson.Default.DeploymentChoice, cancellation);
                if (choice.Deployment is not { } deployment)
                {
                    throw RequestBody.Invalid("deployment", "Say which deployment: {\"deployment\": \"dep_…\"}.");
                }

                var promoted = await switches.PromoteAsync(record.Name, deployment, request.Key(), client, cancellation);
                return Answers.Json(await directory.DeploymentAsync(record.Name, promoted.Live.Deployment, cancellation), ContractsJson.Default.Deployment);
            },
            cancellation);

    [Function("Rollback")]
    [Endpoint("Go back to the deployment that was live before, or to a named one", Needs = Right.Deploy, Request = typeof(DeploymentChoice), Response = typeof(Deployment))]
    public Task<IResult> RollbackAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/apps/{app}/rollback")] HttpRequest request, string app, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        WithAppAsync(
            app,
            async record =>
            {
                var choice = request.ContentLength is 0 or null && !request.HasJsonContentType()
                    ? new DeploymentChoice()
                    : await request.ReadJsonAsync(ContractsJson.Default.DeploymentChoice, cancellation);
                var restored = await switches.RollbackAsync(record.Name, choice.Deployment, request.Key(), client, cancellation);
                return Answers.Json(await directory.DeploymentAsync(record.Name, restored.Live.Deployment, cancellation), ContractsJson.Default.Deployment);
            },
            cancellation);

    private Task<IResult> PageAsync(HttpRequest request, string app, bool previewsOnly, CancellationToken cancellation) => WithAppAsync(
        app,
        async record =>
        {
            var limit = int.TryParse(request.Query["limit"].FirstOrDefault(), out var asked) ? Math.Clamp(asked, 1, 100) : 20;
            return Answers.Json(
                await directory.DeploymentsAsync(record.Name, limit, request.Query["cursor"].FirstOrDefault(), previewsOnly, cancellation),
                ContractsJson.Default.DeploymentPage);
        },
        cancellation);

    private async Task<IResult> WithAppAsync(string name, Func<AppRecord, Task<IResult>> answer, CancellationToken cancellation) =>
        AppName.TryParse(name, out var app) && await apps.FindAsync(app, cancellation) is { } record ? await answer(record) : Answers.NoApp(name);
}
