using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Tokens;

public static class TokensRegistration
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services
        .AddSingleton<TokenStore>()
        .AddSingleton<TokenUse>()
        .AddHostedService(provider => provider.GetRequiredService<TokenUse>());
}
