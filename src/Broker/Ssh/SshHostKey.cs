using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Broker.Ssh;

/// <summary>Fingerprints of host keys, as OpenSSH writes them: <c>SHA256:</c> and 43 characters.</summary>
public static class SshHostKey
{
    private const string Prefix = "SHA256:";
    private const int Bytes = 32;

    public static bool TryParse(string? text, [NotNullWhen(true)] out string? fingerprint)
    {
        var digits = text?.StartsWith(Prefix, StringComparison.Ordinal) == true ? text[Prefix.Length..].TrimEnd('=') : null;
        Span<byte> bytes = stackalloc byte[Bytes];
        fingerprint = digits is { Length: 43 } && Convert.TryFromBase64String(digits + "=", bytes, out var count) && count == Bytes ? Prefix + digits : null;
        return fingerprint is not null;
    }

    internal static string Of(string digits) => Prefix + digits.TrimEnd('=');

    internal static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));
}
