using BuildFunctions.Broker.Cache;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Apps;

public sealed class AppCacheFunctions(CacheStore cache)
{
    [Function("ListCache")]
    [Endpoint("The releases that builds of an app may reuse, last used first", Needs = Right.Read, Response = typeof(CachedRelease[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps/{app}/cache")] HttpRequest request, string app, CancellationToken cancellation) =>
        AppName.TryParse(app, out var name)
            ? Answers.Json([.. await ReadAsync(name, cancellation)], ContractsJson.Default.CachedReleaseArray)
            : Answers.NoApp(app);

    [Function("ClearCache")]
    [Endpoint("Forget them: the next build of each input is a real one. Answers with what was forgotten", Needs = Right.Deploy, Response = typeof(CachedRelease[]))]
    public async Task<IResult> ClearAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/apps/{app}/cache")] HttpRequest request, string app, CancellationToken cancellation)
    {
        if (!AppName.TryParse(app, out var name))
        {
            return Answers.NoApp(app);
        }

        var cleared = await ReadAsync(name, cancellation);
        foreach (var release in cleared)
        {
            await cache.RemoveAsync(name, release.Key, cancellation);
        }

        return Answers.Json([.. cleared], ContractsJson.Default.CachedReleaseArray);
    }

    private async Task<IReadOnlyList<CachedRelease>> ReadAsync(AppName app, CancellationToken cancellation) =>
    [
        .. (await cache.ListAsync(app, cancellation).ToListAsync(cancellation))
            .OrderByDescending(entry => entry.UsedAt)
            .Select(entry => new CachedRelease(entry.Key, entry.Build, entry.Release, entry.Bytes, entry.UsedAt)),
    ];
}
