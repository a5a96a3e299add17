using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Reading;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Builds;

public sealed class ReadBuildFunctions(BuildStore store, BuildReader builds, BuildWait wait)
{
    private const int LongestWait = 60;

    [Function("ListBuilds")]
    [Endpoint("Recent builds, newest first (app, status, provider, id: how it begins, limit, cursor)", Needs = Right.Read, Scoped = true, Response = typeof(BuildPage))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds")] HttpRequest request, CancellationToken cancellation)
    {
        var query = request.Query;
        AppName? app = null;
        BuildStatus? status = null;
        List<ValidationFault> faults = [];
        if (query["app"].FirstOrDefault() is { Length: > 0 } name)
        {
            app = AppName.TryParse(name, out var parsed) ? parsed : Fault<AppName>(faults, "app", $"'{name}' is not an app's name.");
        }

        if (query["status"].FirstOrDefault() is { Length: > 0 } text)
        {
            status = Enum.TryParse<BuildStatus>(text, ignoreCase: true, out var parsed) && !char.IsDigit(text[0])
                ? parsed
                : Fault<BuildStatus>(faults, "status", $"'{text}' is not a status; there are pending, running, success, failed, cancelled and skipped.");
        }

        var limit = int.TryParse(query["limit"].FirstOrDefault() ?? "20", out var number) && number is >= 1 and <= 100
            ? number
            : Fault<int>(faults, "limit", "'limit' is between 1 and 100.") ?? 0;
        var begins = query["id"].FirstOrDefault() is { Length: > 0 } beginning ? beginning : null;
        if (begins is not null && !BuildQuery.IsBeginning(begins))
        {
            faults.Add(new ValidationFault("id", $"'{begins}' is no beginning of a build's id (bld_…)."));
        }

        if (app is { } one)
        {
            request.Caller().Require(Right.Read, one);
        }

        return faults.Count > 0
            ? new ProblemResult(ProblemMapper.Invalid([.. faults]))
            : Answers.Json(
                await builds.ListAsync(new BuildQuery(app, status, query["provider"].FirstOrDefault(), limit, query["cursor"].FirstOrDefault()) { Apps = request.Caller().Token.Apps, Begins = begins }, cancellation),
                ContractsJson.Default.BuildPage);
    }

    [Function("ReadBuild")]
    [Endpoint("One build; ?wait=SECONDS answers when it has ended or the time is up", Needs = Right.Read, Response = typeof(Build))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var seconds = int.TryParse(request.Query["wait"].FirstOrDefault(), out var asked) ? Math.Clamp(asked, 0, LongestWait) : 0;
        return BuildId.TryParse(id, out var build) && await wait.UntilFinalAsync(build, TimeSpan.FromSeconds(seconds), cancellation) is { } found
            ? Answers.Json(found, ContractsJson.Default.Build)
            : Answers.NoBuild(id);
    }

    [Function("ReadCacheResult")]
    [Endpoint("Whether a build reused an earlier artifact, and if not, what differed", Needs = Right.Read, Response = typeof(BuildCacheResult))]
    public async Task<IResult> CacheAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}/cache")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await store.FindAsync(build, cancellation) is not { } found)
        {
            return Answers.NoBuild(id);
        }

        return found.Cache is { } cache
            ? Answers.Json(cache, ContractsJson.Default.BuildCacheResult)
            : Answers.NotThere("This build has not looked into the cache yet.");
    }

    private static T? Fault<T>(List<ValidationFault> faults, string field, string message)
        where T : struct
    {
        faults.Add(new ValidationFault(field, message));
        return null;
    }
}
