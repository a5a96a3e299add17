using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Retention;

/// <summary>
/// Removes an app with what it serves and what is kept for its builds. The app itself goes last, so that a removal that died can be asked for again.
/// Builds and what they made stay until retention takes them.
/// </summary>
public sealed class AppRemoval(AppStore apps, AppVariables variables, AppDeployments deployments, CacheStore cache, SecretStore secrets, BuildStore builds)
{
    public async Task RemoveAsync(AppName app, CancellationToken cancellation)
    {
        if (await builds.OpenOfAsync(app, cancellation) is { Count: > 0 } open)
        {
            throw new RejectedException(
                ErrorCode.Conflict, $"Builds of {app} are under way ({string.Join(", ", open)}). Cancel them or let them end.", [new FailureField("state", "building")]);
        }

        await deployments.RemoveAllAsync(app, cancellation);
        await foreach (var entry in cache.ListAsync(app, cancellation))
        {
            await cache.RemoveAsync(app, entry.Key, cancellation);
        }

        foreach (var variable in (await variables.ListAsync(app, cancellation)).Keys)
        {
            await variables.RemoveAsync(app, variable, cancellation);
        }

        foreach (var secret in await secrets.ListAsync(SecretScope.Of(app), cancellation))
        {
            await secrets.RemoveAsync(SecretScope.Of(app), secret.Name, cancellation);
        }

        await apps.RemoveAsync(app, cancellation);
    }
}
