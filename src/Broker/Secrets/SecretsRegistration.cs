using BuildFunctions.Broker.Secrets.Credentials;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Secrets.Redaction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Secrets;

public static class SecretsRegistration
{
    public static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration configuration) => services
        .AddProtection(configuration.GetSection("Secrets"))
        .AddSingleton<SecretStore>()
        .AddSingleton<BuildSecrets>()
        .AddSingleton<CredentialRows>()
        .AddSingleton<ProviderCredentials>()
        .AddSingleton<GitCredentials>()
        .AddSingleton<RunRedactors>();
}
