using BuildFunctions.Broker.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Secrets.Protection;

public static class ProtectionRegistration
{
    private static readonly TimeSpan _keyLifetime = TimeSpan.FromDays(90);

    /// <summary>Keys are made and replaced by themselves; old ones stay, so that what they closed can be opened.</summary>
    public static IServiceCollection AddProtection(this IServiceCollection services, IConfigurationSection settings)
    {
        services.AddDataProtection().SetDefaultKeyLifetime(_keyLifetime);
        services.AddOptions<ProtectionOptions>().Bind(settings)
            .Validate(options => options.Passphrase is null or { Length: >= 12 }, "Secrets:Passphrase has 12 characters or more.")
            .ValidateOnStart();

        // All hosts of one broker share its storage prefix, and with it the keys.
        services.AddOptions<DataProtectionOptions>().Configure<IOptions<StorageOptions>>((options, storage) => options.ApplicationDiscriminator = storage.Value.Prefix);
        services.AddOptions<KeyManagementOptions>().Configure<BrokerStorage, IOptions<ProtectionOptions>>((options, storage, protection) =>
        {
            options.XmlRepository = new KeyRingBlob(storage);
            options.XmlEncryptor = protection.Value.Passphrase is { } passphrase ? new PassphraseEncryptor(passphrase) : null;
        });

        // It warns at the first start that keys are not encrypted; the README says what to do about that.
        services.Configure<LoggerFilterOptions>(options => options.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        return services.AddSingleton<SecretBox>();
    }
}
