using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Outgoing;

public static class OutgoingRegistration
{
    /// <summary>Faults of the lists show at once, not when a call is made.</summary>
    public static IServiceCollection AddOutgoing(this IServiceCollection services, OutgoingOptions options)
    {
        _ = new AllowList(options);
        return services
            .AddSingleton(options)
            .AddSingleton<IHostResolver, HostResolver>()
            .AddSingleton(provider => new OwnEndpoints(() => AddressesOf(provider)))
            .AddSingleton<OutgoingGuard>()
            .AddSingleton<OutgoingClient>();
    }

    private static IEnumerable<Uri> AddressesOf(IServiceProvider provider) =>
    [
        provider.GetRequiredService<BrokerUrl>().Value,
        provider.GetRequiredService<BlobServiceClient>().Uri,
        provider.GetRequiredService<TableServiceClient>().Uri,
        .. provider.GetRequiredService<BrokerUrl>().Listening,
    ];
}
