using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Functions.Access;

/// <summary>Who can reach the broker. Builds on its own host are for brokers that only this machine can.</summary>
internal static class Reach
{
    public static bool IsThisMachineOnly(IConfiguration configuration)
    {
        if (IsBehindFunctionsHost(configuration))
        {
            return false;
        }

        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).ToList();
        var urls = endpoints.Count > 0 ? endpoints : [.. (configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];
        return urls.All(url => Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var address) && address.IsLoopback);
    }

    /// <summary>The Functions host stands in front and its address is not ours to know.</summary>
    public static bool IsBehindFunctionsHost(IConfiguration configuration) =>
        configuration["Functions:Worker:HostEndpoint"] is not null || configuration["WEBSITE_INSTANCE_ID"] is not null;
}
