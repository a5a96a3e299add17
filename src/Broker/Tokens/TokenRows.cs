using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>The rows of the tokens table: one partition, a row a token under its hash. A row that names no right is an admin's, from before there were others.</summary>
internal static class TokenRows
{
    public const string Partition = "admin";

    /// <summary>Changed with every token that is ended, so that two who end the last two do not both succeed.</summary>
    public const string Version = "version";

    private const int IdDigits = 20;

    /// <summary>256 random bits cannot be guessed from their hash, so no salt and no slow function is needed.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Hashes and nothing else; 'g' comes after every hexadecimal digit.</summary>
    public static string All => TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {"g"}");

    public static string Of(TokenId id)
    {
        var start = id.ToString()[TokenId.Prefix.Length..];
        return TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {start} and RowKey lt {start + "g"}");
    }

    public static TableEntity Write(AccessToken token) => new(Partition, token.Hash)
    {
        ["Label"] = token.Label,
        ["Right"] = $"{token.Right}",
        ["Apps"] = token.Apps is null ? null : string.Join(' ', token.Apps),
        ["CreatedAt"] = token.CreatedAt,
        ["ExpiresAt"] = token.ExpiresAt,
    };

    public static AccessToken Read(TableEntity row) => new()
    {
        Id = IdOf(row.RowKey),
        Hash = row.RowKey,
        Label = row.GetString("Label"),
        Right = row.GetString("Right") is { } right ? Enum.Parse<Right>(right) : Right.Admin,
        Apps = row.GetString("Apps") is { } apps ? [.. apps.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Name)] : null,
        CreatedAt = row.GetDateTimeOffset("CreatedAt") ?? default,
        ExpiresAt = row.GetDateTimeOffset("ExpiresAt"),
        LastUsedAt = row.GetDateTimeOffset("LastUsedAt"),
    };

    public static TokenId IdOf(string hash) =>
        TokenId.TryParse(TokenId.Prefix + hash[..IdDigits], out var id) ? id : throw new FormatException("The row of a token bears no hash.");

    private static AppName Name(string text) => AppName.TryParse(text, out var app) ? app : throw new FormatException($"A token names '{text}', which is no app's name.");
}
