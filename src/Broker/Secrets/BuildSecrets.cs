using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Secrets;

/// <summary>The secrets that a build names: checked when it is accepted, opened where its run starts. An app's own go before the broker's.</summary>
public sealed class BuildSecrets(SecretStore store, BrokerKey key)
{
    public async Task RequireAsync(AppName app, IReadOnlyList<string>? names, CancellationToken cancellation)
    {
        if (names is { Count: > 0 } && await MissingAsync(app, names, cancellation) is { Count: > 0 } missing)
        {
            throw RejectedException.Invalid([.. missing.Select(name => new ValidationFault(
                "secrets", $"There is no secret '{name}' for {app}. Set it with: bf secrets set {name} --app {app}"))]);
        }
    }

    /// <summary>Name and value, for the environment of a run.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OpenAsync(AppName app, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var name in names)
        {
            values[name] = await store.ReadAsync(SecretScope.Of(app), name, cancellation)
                ?? await store.ReadAsync(SecretScope.Everyone, name, cancellation)
                ?? throw new RejectedException(ErrorCode.BuildNotConfigured, $"The secret '{name}' was removed since the build was accepted.");
        }

        return values;
    }

    /// <summary>Changes whenever one of the secrets does, and tells nothing to whoever lacks the broker's key.</summary>
    public async Task<string> FingerprintAsync(AppName app, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var found = await FindAsync(app, cancellation);
        var versions = names.Order(StringComparer.Ordinal).Distinct().Select(name => $"{name}={found.GetValueOrDefault(name)?.Version}");
        var text = Encoding.UTF8.GetBytes($"secrets|{string.Join('|', versions)}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(await key.ReadAsync(cancellation), text));
    }

    private async Task<List<string>> MissingAsync(AppName app, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var found = await FindAsync(app, cancellation);
        return [.. names.Where(name => !found.ContainsKey(name))];
    }

    private async Task<Dictionary<string, StoredSecret>> FindAsync(AppName app, CancellationToken cancellation)
    {
        Dictionary<string, StoredSecret> found = new(StringComparer.Ordinal);
        foreach (var scope in (SecretScope[])[SecretScope.Everyone, SecretScope.Of(app)])
        {
            foreach (var secret in await store.ListAsync(scope, cancellation))
            {
                found[secret.Name] = secret;
            }
        }

        return found;
    }
}
