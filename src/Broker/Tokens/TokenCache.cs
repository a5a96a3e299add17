using System.Collections.Concurrent;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Tokens;

/// <summary>
/// What storage said of the tokens in use, for a few seconds each: that is how long a token that another host revoked goes on here. Many
/// requests with one token are one read. Strangers are not remembered, so they cannot fill it.
/// </summary>
internal sealed class TokenCache(BrokerStorage storage, TimeProvider clock)
{
    private static readonly TimeSpan _trusted = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lookup> _lookups = new(StringComparer.Ordinal);

    /// <summary>Also while the one read is under way that many requests with a token wait for: a burst is no guessing.</summary>
    public bool Knows(string hash) => _lookups.ContainsKey(hash);

    public async ValueTask<AccessToken?> FindAsync(string hash, CancellationToken cancellation) => await Current(hash).Token.Value.WaitAsync(cancellation);

    /// <summary>To be called after the row is gone: whatever was read before is not believed any more.</summary>
    public void Forget(string hash) => _lookups.TryRemove(hash, out _);

    private Lookup Current(string hash)
    {
        var now = clock.GetUtcNow();
        return _lookups.AddOrUpdate(hash, _ => Start(), (_, lookup) => now < lookup.Until ? lookup : Start());

        Lookup Start() => new(new Lazy<Task<AccessToken?>>(() => ReadAsync(hash)), now + _trusted);
    }

    private async Task<AccessToken?> ReadAsync(string hash)
    {
        AccessToken? token = null;
        try
        {
            var answer = await storage.Tokens.GetEntityIfExistsAsync<TableEntity>(TokenRows.Partition, hash);
            return token = answer.HasValue ? TokenRows.Read(answer.Value!) : null;
        }
        finally
        {
            // Also a read that failed: the next request tries again.
            if (token is null)
            {
                Forget(hash);
            }
        }
    }

    private sealed record Lookup(Lazy<Task<AccessToken?>> Token, DateTimeOffset Until);
}
