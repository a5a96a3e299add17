using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Jobs;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Jobs;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Builds;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Jobs;

/// <summary>Jobs on build servers: another view of builds, with names of its own. What a job and its build have in common is answered as for the build.</summary>
public sealed class BuildJobFunctions(JobIntake intake, JobReader jobs, IServiceProvider services)
{
    private const int MostListed = 50;

    /// <summary>A kernel's configuration may be part of the request.</summary>
    private const int LargestJob = 256 * 1024;

    [Function("SubmitBuildJob")]
    [Endpoint("Build a repository on a build server", Needs = Right.Trigger, Scoped = true, Request = typeof(BuildJobRequest), Response = typeof(BuildJob), Status = 202, LargestBody = LargestJob)]
    public async Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/infrastructure/build-jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var job = await request.ReadJsonAsync(JobsJson.Default.BuildJobRequest, cancellation);
        request.Caller().Require(Right.Trigger, JobIntake.Check(job));
        var (order, _) = await intake.AcceptAsync(job, request.Key(), cancellation);
        request.Audited(order.App, order.Id.ToString());
        await client.StartAsync(order, cancellation);
        return Answers.Accepted(
            $"/api/v1/infrastructure/build-jobs/{order.Id}", (await jobs.FindAsync(order.Id, cancellation))!, JobsJson.Default.BuildJob, request.HttpContext.Response);
    }

    [Function("ListBuildJobs")]
    [Endpoint("The newest jobs", Needs = Right.Read, Scoped = true, Response = typeof(BuildJob[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/infrastructure/build-jobs")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json([.. await jobs.ListAsync(new BuildQuery(Limit: MostListed) { Apps = request.Caller().Token.Apps }, cancellation)], JobsJson.Default.BuildJobArray);

    [Function("ReadBuildJob")]
    [Endpoint("One job, with the paths of its artifacts", Needs = Right.Read, Response = typeof(BuildJob))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/infrastructure/build-jobs/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        BuildId.TryParse(id, out var build) && await jobs.FindAsync(build, cancellation) is { } job ? Answers.Json(job, JobsJson.Default.BuildJob) : NotThere(id);

    [Function("ReadBuildJobLog")]
    [Endpoint("The job's log, as the build's", Needs = Right.Read, ContentType = "text/plain")]
    public Task<IResult> LogAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/infrastructure/build-jobs/{id}/logs")] HttpRequest request, string id, CancellationToken cancellation) =>
        IfJobAsync(id, () => Make<LogsFunction>().RunAsync(request, id, cancellation), cancellation);

    [Function("ReadBuildJobArtifact")]
    [Endpoint("One artifact of a job: bzImage, vmlinux, modules/…, dtbs/…, build.log", Needs = Right.Read, ContentType = "application/octet-stream")]
    public Task<IResult> ArtifactAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/infrastructure/build-jobs/{id}/artifacts/{*path}")] HttpRequest request,
        string id,
        string path,
        CancellationToken cancellation) => path == JobReader.Log
        ? LogAsync(request, id, cancellation)
        : IfJobAsync(id, () => Make<ArtifactFunctions>().FileAsync(request, id, path, cancellation), cancellation);

    [Function("CancelBuildJob")]
    [Endpoint("Cancel a job, as its build", Needs = Right.Trigger, Response = typeof(Build), Status = 202)]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/infrastructure/build-jobs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        IfJobAsync(id, () => Make<ChangeBuildFunctions>().CancelAsync(request, id, client, cancellation), cancellation);

    private async Task<IResult> IfJobAsync(string id, Func<Task<IResult>> answer, CancellationToken cancellation) =>
        BuildId.TryParse(id, out var build) && await jobs.FindAsync(build, cancellation) is not null ? await answer() : NotThere(id);

    /// <summary>The functions of builds, which answer for jobs too.</summary>
    private T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);

    private static IResult NotThere(string id) => Answers.NotThere($"There is no build job '{id}'.");
}
