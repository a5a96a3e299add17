using Azure;
using BuildFunctions.Broker.Secrets.Credentials;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>Masks what the broker itself shows to providers and git hosts, for failures that belong to no run.</summary>
public sealed class BrokerRedactor(SecretStore secrets, CredentialRows credentials)
{
    private SecretRedactor _last = new([]);

    /// <summary>While storage is away, what was known before.</summary>
    public async Task<SecretRedactor> FindAsync(CancellationToken cancellation)
    {
        try
        {
            string[] values = [.. await credentials.TokensAsync(cancellation), .. await secrets.ValuesAsync(SecretScope.Everyone, cancellation)];
            return _last = new SecretRedactor(values);
        }
        catch (Exception away) when (away is RequestFailedException or AggregateException or TimeoutException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return _last;
        }
    }
}
