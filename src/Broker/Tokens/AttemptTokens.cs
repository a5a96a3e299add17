using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>
/// What a builder shows when it calls back: <c>ATTEMPT.END.SIGNATURE</c>. A token is derived from the broker's key, so none is stored; it is for
/// one attempt of one build until a moment by the broker's own clock, and whether that attempt is still open is for the caller to check.
/// </summary>
public sealed class AttemptTokens(BrokerKey key, TimeProvider clock)
{
    /// <summary>What a run that ends at its deadline may still take to send its artifact.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private const int LongestToken = 100;

    /// <param name="timeout">How long the attempt may run.</param>
    public async ValueTask<string> IssueAsync(BuildId build, int attempt, TimeSpan timeout, CancellationToken cancellation)
    {
        var end = (clock.GetUtcNow() + timeout + Grace).ToUnixTimeSeconds();
        var signature = Base64Url.EncodeToString(Sign(await key.ReadAsync(cancellation), build, attempt, end));
        return string.Create(CultureInfo.InvariantCulture, $"{attempt}.{end}.{signature}");
    }

    /// <summary>The attempt that the token is for, or null where it is not for this build or has ended.</summary>
    public async ValueTask<int?> CheckAsync(BuildId build, string token, CancellationToken cancellation) =>
        Check(await key.ReadAsync(cancellation), build, token) is var (attempt, end) && clock.GetUtcNow().ToUnixTimeSeconds() < end ? attempt : null;

    private static (int Attempt, long End)? Check(byte[] key, BuildId build, string token)
    {
        if (token.Length > LongestToken || token.Split('.') is not [{ Length: >= 1 and <= 3 } first, { Length: >= 1 and <= 12 } second, var given]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var end))
        {
            return null;
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return given.Length == Base64Url.GetEncodedLength(signature.Length)
            && Base64Url.TryDecodeFromChars(given, signature, out var length) && length == signature.Length
            && CryptographicOperations.FixedTimeEquals(signature, Sign(key, build, attempt, end))
            ? (attempt, end)
            : null;
    }

    private static byte[] Sign(byte[] key, BuildId build, int attempt, long end) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"callback|{build}|{attempt}|{end}")));
}
