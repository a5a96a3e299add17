using System.Text;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Secrets.Credentials;

/// <summary>What a token may look like: it will stand in headers and environments.</summary>
internal static class TokenText
{
    private const int Largest = 16 * 1024;

    public static ValidationFault? Fault(string? token) => token is null ? null
        : token.Trim().Length == 0 ? new ValidationFault("token", "The token is empty.")
        : Encoding.UTF8.GetByteCount(token) > Largest ? new ValidationFault("token", $"The token has more than {Largest} bytes.")
        : token.Contains('\0', StringComparison.Ordinal) ? new ValidationFault("token", "The token holds a NUL character.")
        : null;
}
