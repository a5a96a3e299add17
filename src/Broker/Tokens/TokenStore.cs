using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Tokens;

/// <summary>Access tokens, of which only the hash is kept.</summary>
public sealed class TokenStore(BrokerStorage storage, TimeProvider clock)
{
    private const string Prefix = "bf_";
    private const string Partition = "admin";
    private static readonly TimeSpan _remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    public async Task<string> IssueAsync(string label, CancellationToken cancellation)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var row = new TableEntity(Partition, Hash(token)) { ["Label"] = label, ["CreatedAt"] = clock.GetUtcNow() };
        await storage.Tokens.AddEntityAsync(row, cancellation);
        return token;
    }

    public async ValueTask<bool> IsValidAsync(string token, CancellationToken cancellation)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100)
        {
            return false;
        }

        var hash = Hash(token);
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(hash, out var until) && now < until)
        {
            return true;
        }

        var answer = await storage.Tokens.GetEntityIfExistsAsync<TableEntity>(Partition, hash, ["RowKey"], cancellation);
        if (!answer.HasValue)
        {
            _known.TryRemove(hash, out _);
            return false;
        }

        _known[hash] = now + _remembered;
        return true;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await foreach (var _ in storage.Tokens.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), maxPerPage: 1, cancellationToken: cancellation))
        {
            return true;
        }

        return false;
    }

    /// <summary>Ends a token at once on this host, within half a minute on others.</summary>
    public async Task RevokeAsync(string token, CancellationToken cancellation)
    {
        _known.TryRemove(Hash(token), out _);
        await storage.Tokens.DeleteEntityAsync(Partition, Hash(token), ETag.All, cancellation);
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
