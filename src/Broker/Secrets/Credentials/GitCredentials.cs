using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Secrets.Credentials;

/// <summary>Tokens for private repositories, one for a host.</summary>
public sealed class GitCredentials(CredentialRows rows)
{
    private const string Kind = "git";

    /// <summary>The token for https repositories of the host, if one was set.</summary>
    public async Task<string?> FindAsync(string host, CancellationToken cancellation) =>
        HostOf(host) is { } name ? (await rows.FindAsync(Kind, name, cancellation))?.Token : null;

    /// <summary>The token that goes with a repository's URL.</summary>
    public Task<string?> ForAsync(string repo, CancellationToken cancellation) =>
        Uri.TryCreate(repo, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort
            ? FindAsync(url.IdnHost, cancellation)
            : Task.FromResult<string?>(null);

    public Task<IReadOnlyList<Credential>> ListAsync(CancellationToken cancellation) => rows.ListAsync(Kind, cancellation);

    public Task<Credential> SetAsync(string host, string? token, CancellationToken cancellation)
    {
        var fault = HostOf(host) is null ? new ValidationFault("host", $"'{host}' is no host name; 'github.com' is one.")
            : token is null ? new ValidationFault("token", "Send the token: {\"token\": \"…\"}.")
            : token.Any(char.IsControl) ? new ValidationFault("token", "The token is one line of text.")
            : TokenText.Fault(token);
        return fault is null ? rows.SetAsync(Kind, HostOf(host)!, token, null, cancellation) : throw RejectedException.Invalid([fault]);
    }

    public Task RemoveAsync(string host, CancellationToken cancellation) => rows.RemoveAsync(Kind, HostOf(host) ?? host, cancellation);

    private static string? HostOf(string host) =>
        host.Length <= 253 && Uri.CheckHostName(host) == UriHostNameType.Dns ? host.ToLowerInvariant() : null;
}
