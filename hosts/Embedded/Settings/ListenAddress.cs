namespace BuildFunctions.Embedded.Settings;

/// <summary>Where to listen: --urls, --port, ASPNETCORE_URLS, Host.LocalHttpPort of local.settings.json, else port 7071 of this machine alone.</summary>
internal static class ListenAddress
{
    public static string[] Of(IConfiguration configuration) =>
        (configuration["urls"] ?? AtPort(configuration["port"]) ?? configuration["ASPNETCORE_URLS"] ??
            AtPort(configuration["Host:LocalHttpPort"]) ?? "http://127.0.0.1:7071")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Those of Kestrel's own section, which replace all others, or <see cref="Of"/>.</summary>
    public static string[] All(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").ToArray() is { Length: > 0 } endpoints
            ? endpoints
            : Of(configuration);

    private static string? AtPort(string? port) => port switch
    {
        null or "" => null,
        _ when ushort.TryParse(port, out var number) => $"http://127.0.0.1:{number}",
        _ => throw new FunctionsStartupException([$"'{port}' is not a port. Give a number from 0 to 65535, e.g. --port 7071."]),
    };
}
