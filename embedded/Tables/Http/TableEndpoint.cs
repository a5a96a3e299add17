using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http;

/// <summary>Where an account's tables are, and by what right we ask. At most one credential is set.</summary>
internal sealed record TableEndpoint(Uri Uri)
{
    private const string TokenScope = "https://storage.azure.com/.default";

    public TableSharedKeyCredential? Key { get; init; }

    public AzureSasCredential? Sas { get; init; }

    public TokenCredential? Token { get; init; }

    public string AccountName => Key?.AccountName ?? (IsPathStyle(Uri) ? Uri.AbsolutePath.Trim('/') : Uri.Host.Split('.')[0]);

    /// <summary>An address that may carry a signature in its query.</summary>
    public static TableEndpoint Parse(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var endpoint = new TableEndpoint(new Uri(uri.GetLeftPart(UriPartial.Path)));
        return uri.Query.Length > 1 ? endpoint with { Sas = new AzureSasCredential(uri.Query) } : endpoint;
    }

    /// <summary>An address whose last segment is a table.</summary>
    public static (TableEndpoint Endpoint, string Table) ParseTable(Uri uri)
    {
        var endpoint = Parse(uri);
        var segments = endpoint.Uri.AbsolutePath.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var account = IsPathStyle(uri) ? 1 : 0;
        if (segments.Length <= account)
        {
            throw new ArgumentException("The address does not end with the name of a table.", nameof(uri));
        }

        var service = new Uri($"{uri.GetLeftPart(UriPartial.Authority)}/{string.Join('/', segments[..^1])}");
        return (endpoint with { Uri = service }, Uri.UnescapeDataString(segments[^1]));
    }

    public (HttpPipelinePolicy[] PerCall, HttpPipelinePolicy[] PerTry) PoliciesFor(TableClientOptions options) => this switch
    {
        { Key: { } key } => ([], [new SharedKeyPolicy(key, options.Time)]),
        { Token: { } token } => ([], [new BearerTokenAuthenticationPolicy(token, TokenScope)]),
        { Sas: { } sas } => ([new SasPolicy(sas)], []),
        _ => ([], []),
    };

    // An emulator has no host name per account: the account is the first segment.
    private static bool IsPathStyle(Uri uri) =>
        uri.Host is "localhost" or "host.docker.internal" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _) || !uri.Host.Contains('.');
}
