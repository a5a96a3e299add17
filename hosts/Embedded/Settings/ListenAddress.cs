using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Embedded.Settings;

/// <summary>Where to listen: --urls, --port, ASPNETCORE_URLS, Host.LocalHttpPort of local.settings.json, else port 7071 of this machine alone.</summary>
internal static class ListenAddress
{
    public static string[] Of(IConfiguration configuration) =>
        (configuration["urls"] ?? AtPort(configuration["port"]) ?? configuration["ASPNETCORE_URLS"] ??
            AtPort(configuration["Host:LocalHttpPort"]) ?? "http://127.0.0.1:7071")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? AtPort(string? port) => port switch
    {
        null or "" => null,
        _ when ushort.TryParse(port, out var number) => $"http://127.0.0.1:{number}",
        _ => throw new FunctionsStartupException([$"'{port}' is not a port. Give a number from 0 to 65535, e.g. --port 7071."]),
    };
}
