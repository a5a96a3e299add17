using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Secrets.Credentials;

/// <summary>Settings and tokens of build providers. They are kept before the provider itself is switched on, so that both can be set up in any order.</summary>
public sealed class ProviderCredentials(CredentialRows rows)
{
    private const string Kind = "provider";
    private const int LargestSettings = 8 * 1024;

    /// <summary>The providers that take a token. A local build needs none.</summary>
    private static readonly string[] _names = ["depot", "fly", "github", "modal", "ssh"];

    public static bool IsKnown(string name) => _names.Contains(name);

    public static string Names => string.Join(", ", _names);

    public Task<Credential?> FindAsync(string provider, CancellationToken cancellation) => rows.FindAsync(Kind, provider, cancellation);

    public Task<IReadOnlyList<Credential>> ListAsync(CancellationToken cancellation) => rows.ListAsync(Kind, cancellation);

    public Task<Credential> SetAsync(string provider, string? token, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellation)
    {
        var fault = TokenText.Fault(token)
            ?? (settings?.Sum(setting => setting.Key.Length + setting.Value.Length) > LargestSettings ? new ValidationFault("settings", "The settings are too long.") : null);
        return fault is null ? rows.SetAsync(Kind, provider, token, settings, cancellation) : throw RejectedException.Invalid([fault]);
    }

    public Task RemoveAsync(string provider, CancellationToken cancellation) => rows.RemoveAsync(Kind, provider, cancellation);
}
