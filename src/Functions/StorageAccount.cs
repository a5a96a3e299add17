using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Functions;

/// <summary>
/// Where the storage account is, said as the Functions host reads it: a connection string, an address for each service, or the account's name. Only
/// with a connection string does the app hold a key; otherwise it asks with an identity.
/// </summary>
internal sealed class StorageAccount
{
    public const string Setting = "AzureWebJobsStorage";

    private const string Azurite = "UseDevelopmentStorage=true";

    private StorageAccount(string? connection, Uri? blobs, Uri? tables)
    {
        ConnectionString = connection;
        Blobs = blobs;
        Tables = tables;
    }

    /// <summary>Null where an identity is used; then the addresses are there.</summary>
    public string? ConnectionString { get; }

    public Uri? Blobs { get; }

    public Uri? Tables { get; }

    public static StorageAccount Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        if (!string.IsNullOrEmpty(section.Value))
        {
            return new(section.Value, null, null);
        }

        return section.GetChildren().Any() ? new(null, Address(section, "blob"), Address(section, "table")) : new(Azurite, null, null);
    }

    private static Uri Address(IConfigurationSection section, string service)
    {
        if (section[$"{service}ServiceUri"] is { Length: > 0 } text)
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                ? address
                : throw new InvalidOperationException($"{Setting}__{service}ServiceUri is no https address: {text}");
        }

        return section["accountName"] is { Length: > 0 } account
            ? new($"https://{account}.{service}.core.windows.net")
            : throw new InvalidOperationException($"{Setting}__accountName or {Setting}__{service}ServiceUri is missing: without a connection string the app cannot tell where its {service}s are.");
    }
}
