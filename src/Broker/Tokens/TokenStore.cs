using System.Buffers.Text;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>Access tokens, of which only the hash is kept.</summary>
public sealed class TokenStore(BrokerStorage storage, TimeProvider clock)
{
    private const string Prefix = "bf_";
    private const int LongestToken = 100;

    private readonly TokenCache _cache = new(storage, clock);

    /// <returns>The token, which nobody can find again, and what is kept of it.</returns>
    public async Task<(string Secret, AccessToken Token)> IssueAsync(
        string label, Right right, IReadOnlyList<AppName>? apps, TimeSpan? lifetime, CancellationToken cancellation)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var hash = TokenRows.Hash(secret);
        var now = clock.GetUtcNow();
        AccessToken token = new() { Id = TokenRows.IdOf(hash), Hash = hash, Label = label, Right = right, Apps = apps, CreatedAt = now, ExpiresAt = now + lifetime };
        await storage.Tokens.AddEntityAsync(TokenRows.Write(token), cancellation);
        return (secret, token);
    }

    /// <summary>An admin's token for all apps, without an end.</summary>
    public async Task<string> IssueAsync(string label, CancellationToken cancellation) =>
        (await IssueAsync(label, Right.Admin, apps: null, lifetime: null, cancellation)).Secret;

    /// <summary>Whose token this is; null where it was never given out, is revoked or has ended.</summary>
    public async ValueTask<AccessToken?> FindAsync(string secret, CancellationToken cancellation) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) && secret.Length <= LongestToken
        && await _cache.FindAsync(TokenRows.Hash(secret), cancellation) is { } token && !token.IsExpired(clock.GetUtcNow())
            ? token
            : null;

    /// <summary>Whether <see cref="FindAsync(string, CancellationToken)"/> would answer without a look into storage.</summary>
    public bool IsKnown(string secret) => _cache.Knows(TokenRows.Hash(secret));

    public async Task<AccessToken?> FindAsync(TokenId id, CancellationToken cancellation)
    {
        await foreach (var row in storage.Tokens.QueryAsync<TableEntity>(TokenRows.Of(id), cancellationToken: cancellation))
        {
            return TokenRows.Read(row);
        }

        return null;
    }

    public async Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellation)
    {
        List<AccessToken> tokens = [];
        await foreach (var row in storage.Tokens.QueryAsync<TableEntity>(TokenRows.All, cancellationToken: cancellation))
        {
            tokens.Add(TokenRows.Read(row));
        }

        return [.. tokens.OrderBy(token => token.CreatedAt)];
    }

    /// <summary>Whether anybody can administer the broker.</summary>
    public async Task<bool> HasAdminAsync(CancellationToken cancellation) =>
        (await ListAsync(cancellation)).Any(token => token.IsKeyToTheHouse(clock.GetUtcNow()));

    /// <summary>Ends a token at once on this host, within seconds on others.</summary>
    /// <returns>False where it is the last with which the broker can be administered, and <paramref name="evenTheLast"/> was not said.</returns>
    public async Task<bool> RevokeAsync(AccessToken token, bool evenTheLast, CancellationToken cancellation)
    {
        while (true)
        {
            var version = await storage.Tokens.GetEntityIfExistsAsync<TableEntity>(TokenRows.Partition, TokenRows.Version, cancellationToken: cancellation);
            var all = await ListAsync(cancellation);
            if (all.All(other => other.Hash != token.Hash))
            {
                _cache.Forget(token.Hash);
                return true;
            }

            var now = clock.GetUtcNow();
            if (!evenTheLast && token.IsKeyToTheHouse(now) && !all.Any(other => other.Hash != token.Hash && other.IsKeyToTheHouse(now)))
            {
                return false;
            }

            if (await TryDeleteAsync(token.Hash, version.HasValue ? version.Value!.ETag : null, cancellation))
            {
                _cache.Forget(token.Hash);
                return true;
            }
        }
    }

    /// <summary>Notes uses that were seen; a token that is revoked stays so.</summary>
    public async Task NoteUseAsync(string hash, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            await storage.Tokens.UpdateEntityAsync(new TableEntity(TokenRows.Partition, hash) { ["LastUsedAt"] = at }, ETag.All, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Revoked since it was used.
        }
    }

    private async Task<bool> TryDeleteAsync(string hash, ETag? version, CancellationToken cancellation)
    {
        TableEntity next = new(TokenRows.Partition, TokenRows.Version) { ["At"] = clock.GetUtcNow() };
        try
        {
            await storage.Tokens.SubmitTransactionAsync(
                [
                    version is { } tag ? new(TableTransactionActionType.UpdateReplace, next, tag) : new(TableTransactionActionType.Add, next),
                    new(TableTransactionActionType.Delete, new TableEntity(TokenRows.Partition, hash), ETag.All),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            // Somebody else ended a token between the read and the write: look again.
            return false;
        }
    }
}
