using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Storage;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Secrets;

/// <summary>A host's own services around storage that several hosts share.</summary>
internal static class Protections
{
    public static ServiceProvider Host(BrokerStorage storage, string? passphrase = null, string prefix = "test")
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Secrets:Passphrase", passphrase)]).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(storage)
            .AddSingleton(Options.Create(new StorageOptions { Prefix = prefix }))
            .AddProtection(settings.GetSection("Secrets"))
            .BuildServiceProvider();
    }

    public static SecretBox Box(BrokerStorage storage) => Host(storage).GetRequiredService<SecretBox>();

    public static IReadOnlyCollection<IKey> Keys(this ServiceProvider host) => host.GetRequiredService<IKeyManager>().GetAllKeys();
}
