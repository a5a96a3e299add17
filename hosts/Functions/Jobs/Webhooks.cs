using BuildFunctions.FunctionsHost.Http;
using BuildFunctions.FunctionsHost.Settings;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Extensions.Options;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>Tells extensions where their own routes are, key included, for the URLs that they hand out.</summary>
#pragma warning disable CS0618 // For this kind of host only, says the attribute.
internal sealed class Webhooks(PublicAddress address, IOptions<FunctionsHostOptions> options) : IWebHookProvider
#pragma warning restore CS0618
{
    public const string DurablePath = "/runtime/webhooks/durabletask";

    public Uri GetUrl(IExtensionConfigProvider extension) =>
        new(address.Uri, DurablePath + (options.Value.SystemKey is { } key ? $"?code={Uri.EscapeDataString(key)}" : ""));
}
