using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Signs as the Standard Webhooks specification says, so that its libraries can verify.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static KeyValuePair<string, string>[] Headers(string secret, string id, DateTimeOffset at, string body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        return [new("webhook-id", id), new("webhook-timestamp", timestamp), new("webhook-signature", "v1," + Convert.ToBase64String(signature))];
    }
}
