using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Apps;

public sealed class RemovalFunctions(AppRemoval removal, AppStore apps, AppDeployments deployments, AppDirectory directory)
{
    [Function("RemoveApp")]
    [Endpoint("Take an app offline for good, with its deployments, variables, secrets and cached releases", Needs = Right.Admin, Status = 204)]
    public async Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/apps/{app}")] HttpRequest request, string app, CancellationToken cancellation)
    {
        if (!AppName.TryParse(app, out var name) || await apps.FindAsync(name, cancellation) is null)
        {
            return Answers.NoApp(app);
        }

        await removal.RemoveAsync(name, cancellation);
        return Results.NoContent();
    }

    [Function("RemoveDeployment")]
    [Endpoint("Remove a deployment that is neither live nor kept", Needs = Right.Deploy, Status = 204)]
    public async Task<IResult> RemoveDeploymentAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/apps/{app}/deployments/{deployment}")] HttpRequest request,
        string app,
        string deployment,
        CancellationToken cancellation)
    {
        if (!AppName.TryParse(app, out var name))
        {
            return Answers.NoApp(app);
        }

        if (!DeploymentId.TryParse(deployment, out var id))
        {
            return Answers.NotThere($"There is no deployment '{deployment}'.");
        }

        await deployments.RemoveAsync(name, id, cancellation);
        return Results.NoContent();
    }

    [Function("RepairApp")]
    [Endpoint("Put back what an app's history says is live, where that is lost or damaged", Needs = Right.Deploy, Response = typeof(Deployment))]
    public async Task<IResult> RepairAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/apps/{app}/repair")] HttpRequest request, string app, CancellationToken cancellation) =>
        AppName.TryParse(app, out var name) && await apps.FindAsync(name, cancellation) is not null
            ? Answers.Json(
                await directory.DeploymentAsync(name, (await deployments.RepairAsync(name, cancellation)).Live.Deployment, cancellation), ContractsJson.Default.Deployment)
            : Answers.NoApp(app);
}
