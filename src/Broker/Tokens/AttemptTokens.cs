using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>
/// What a builder shows when it calls back. A token is derived from the broker's key, so none is stored; it is for one attempt of one build,
/// and whether that attempt is still open is for the caller to check.
/// </summary>
public sealed class AttemptTokens(BrokerKey key)
{
    public async ValueTask<string> IssueAsync(BuildId build, int attempt, CancellationToken cancellation) =>
        $"{attempt}.{Base64Url.EncodeToString(Sign(await key.ReadAsync(cancellation), build, attempt))}";

    /// <summary>The attempt that the token is for, or null where it is not for this build.</summary>
    public async ValueTask<int?> CheckAsync(BuildId build, string token, CancellationToken cancellation) =>
        Check(await key.ReadAsync(cancellation), build, token);

    private static int? Check(byte[] key, BuildId build, string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot is < 1 or > 3 || !int.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
        {
            return null;
        }

        var given = token.AsSpan(dot + 1);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return given.Length == Base64Url.GetEncodedLength(signature.Length)
            && Base64Url.TryDecodeFromChars(given, signature, out var length) && length == signature.Length
            && CryptographicOperations.FixedTimeEquals(signature, Sign(key, build, attempt))
            ? attempt
            : null;
    }

    private static byte[] Sign(byte[] key, BuildId build, int attempt) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"callback|{build}|{attempt}"));
}
