using System.Text.Json;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Files;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Hosts;

namespace BuildFunctions.Cli.Credentials;

/// <summary>Finds the broker and its token: the command line, the environment, the sign-in, the broker on this machine.</summary>
internal sealed class CredentialFiles(Func<string, string?> environment)
{
    private const string SignInName = "config.json";

    private readonly string _folder = LocalBroker.Folder(environment);

    public BrokerAddress Find(string? url = null)
    {
        var token = environment("BF_TOKEN") is { Length: > 0 } text ? text : null;
        if (url is not null)
        {
            return Parse(url, token ?? TokenFor(url), "--broker");
        }

        if (environment("BF_URL") is { Length: > 0 } variable)
        {
            return Parse(variable, token ?? TokenFor(variable), "BF_URL");
        }

        foreach (var name in (string[])[SignInName, LocalBroker.FileName])
        {
            if (Read(name) is { } known)
            {
                return Parse(known.Url, token ?? known.Token, Path.Combine(_folder, name));
            }
        }

        throw new UsageException("No broker is known. Start one on this machine (./dev up), sign in to one (bf login URL) or set BF_URL.");
    }

    public async Task<string> SaveAsync(LocalBroker broker, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, SignInName);
        var half = path + ".new";
        File.Delete(half);
        await using (var file = PrivateFile.Create(half))
        {
            await JsonSerializer.SerializeAsync(file, broker, ContractsJson.Default.LocalBroker, cancellationToken);
        }

        File.Move(half, path, overwrite: true);
        return path;
    }

    /// <summary>A URL that was given without a token may be one that a file has the token for.</summary>
    private string? TokenFor(string url) => ((string[])[SignInName, LocalBroker.FileName])
        .Select(Read)
        .FirstOrDefault(known => known is not null && string.Equals(known.Url.TrimEnd('/'), url.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        ?.Token;

    private LocalBroker? Read(string name)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ContractsJson.Default.LocalBroker) is { Url: not null } broker ? broker : null;
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path} is damaged ({e.Message}). Delete it and sign in again: bf login URL");
        }
    }

    private static BrokerAddress Parse(string url, string? token, string origin) =>
        BrokerAddress.Parse(url, token, origin) ?? throw new UsageException($"'{url}' ({origin}) is no http, https or unix address of a broker.");
}
