using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Apps;

public sealed class KeepFunctions(AppDeployments deployments, AppDirectory directory)
{
    [Function("KeepDeployment")]
    [Endpoint("Keep a deployment, whatever its age", Needs = Right.Deploy, Response = typeof(Deployment))]
    public Task<IResult> KeepAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/apps/{app}/deployments/{deployment}/keep")] HttpRequest request, string app, string deployment, CancellationToken cancellation) =>
        SetAsync(app, deployment, kept: true, cancellation);

    [Function("KeepDeploymentNoLonger")]
    [Endpoint("Keep a deployment only as long as any other", Needs = Right.Deploy, Response = typeof(Deployment))]
    public Task<IResult> KeepNoLongerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/apps/{app}/deployments/{deployment}/keep")] HttpRequest request, string app, string deployment, CancellationToken cancellation) =>
        SetAsync(app, deployment, kept: false, cancellation);

    private async Task<IResult> SetAsync(string app, string deployment, bool kept, CancellationToken cancellation) =>
        !AppName.TryParse(app, out var name) ? Answers.NoApp(app)
        : !DeploymentId.TryParse(deployment, out var id) ? Answers.NotThere($"There is no deployment '{deployment}'.")
        : Answers.Json(await directory.DescribeAsync(await deployments.KeepAsync(name, id, kept, cancellation), cancellation), ContractsJson.Default.Deployment);
}
