namespace Azure.Data.Tables.Http;

/// <summary>Reads a storage connection string. Its text never gets into a message: it holds a key.</summary>
internal static class ConnectionString
{
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static TableEndpoint Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var settings = Settings(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out var emulator))
        {
            return bool.TryParse(emulator, out var use) && use && !settings.ContainsKey("DevelopmentStorageProxyUri")
                ? new TableEndpoint(new Uri($"http://127.0.0.1:10002/{EmulatorAccount}")) { Key = new(EmulatorAccount, EmulatorKey) }
                : throw Invalid("UseDevelopmentStorage can only be true, without a proxy");
        }

        var endpoint = TableEndpoint.Parse(Address(settings));
        if (settings.TryGetValue("SharedAccessSignature", out var signature))
        {
            return endpoint with { Sas = new AzureSasCredential(signature) };
        }

        return settings.TryGetValue("AccountName", out var account) && settings.TryGetValue("AccountKey", out var key)
            ? endpoint with { Key = new TableSharedKeyCredential(account, key), Sas = null }
            : endpoint.Sas is not null ? endpoint : throw Invalid("neither AccountName and AccountKey nor SharedAccessSignature is given");
    }

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0)
            {
                throw Invalid("a setting has no name or no '='");
            }

            if (!settings.TryAdd(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart()))
            {
                throw Invalid($"{part[..equals]} is given twice");
            }
        }

        return settings;
    }

    private static Uri Address(Dictionary<string, string> settings)
    {
        if (!settings.TryGetValue("TableEndpoint", out var address))
        {
            address = settings.TryGetValue("AccountName", out var account)
                ? $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.table."
                    + settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")
                : throw Invalid("neither TableEndpoint nor AccountName is given");
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw Invalid("the table endpoint is not an http or https address");
    }

    private static FormatException Invalid(string why) => new($"The storage connection string is not valid: {why}.");
}
