using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>
/// What a builder shows when it calls back: <c>ATTEMPT.END.SEAL.SECRET</c>. A token is derived from the broker's key, so none is stored; it is for
/// one attempt of one build until a moment by the broker's own clock, and whether that attempt is still open is for the caller to check. Whatever
/// the end, an attempt has one secret: with that masked in a log, what is left of the token is of no use.
/// </summary>
public sealed class AttemptTokens(BrokerKey key, TimeProvider clock)
{
    /// <summary>What a run that ends at its deadline may still take to send its artifact.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private const int LongestToken = 150;

    /// <param name="timeout">How long the attempt may run.</param>
    public async ValueTask<string> IssueAsync(BuildId build, int attempt, TimeSpan timeout, CancellationToken cancellation)
    {
        var end = (clock.GetUtcNow() + timeout + Grace).ToUnixTimeSeconds();
        var secret = Secret(await key.ReadAsync(cancellation), build, attempt);
        return string.Create(CultureInfo.InvariantCulture, $"{attempt}.{end}.{Base64Url.EncodeToString(Seal(secret, end))}.{Base64Url.EncodeToString(secret)}");
    }

    /// <summary>The part of an attempt's tokens that must not be seen.</summary>
    public async ValueTask<string> SecretAsync(BuildId build, int attempt, CancellationToken cancellation) =>
        Base64Url.EncodeToString(Secret(await key.ReadAsync(cancellation), build, attempt));

    /// <summary>The attempt that the token is for, or null where it is not for this build or has ended.</summary>
    public async ValueTask<int?> CheckAsync(BuildId build, string token, CancellationToken cancellation) =>
        Check(await key.ReadAsync(cancellation), build, token) is var (attempt, end) && clock.GetUtcNow().ToUnixTimeSeconds() < end ? attempt : null;

    private static (int Attempt, long End)? Check(byte[] key, BuildId build, string token)
    {
        if (token.Length > LongestToken || token.Split('.') is not [{ Length: >= 1 and <= 3 } first, { Length: >= 1 and <= 12 } second, var seal, var given]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var end))
        {
            return null;
        }

        var secret = Secret(key, build, attempt);
        return IsSame(given, secret) & IsSame(seal, Seal(secret, end)) ? (attempt, end) : null;
    }

    private static bool IsSame(string given, byte[] expected)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return given.Length == Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.TryDecodeFromChars(given, bytes, out var length) && length == bytes.Length
            && CryptographicOperations.FixedTimeEquals(bytes, expected);
    }

    private static byte[] Secret(byte[] key, BuildId build, int attempt) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"callback|{build}|{attempt}")));

    private static byte[] Seal(byte[] secret, long end) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(end.ToString(CultureInfo.InvariantCulture)));
}
