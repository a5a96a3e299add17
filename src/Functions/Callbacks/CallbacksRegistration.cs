using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Callbacks;

internal static class CallbacksRegistration
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services) => services
        .AddSingleton(provider => new CallbackBell(provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new CallbackGate(
            provider.GetRequiredService<AttemptTokens>(),
            provider.GetRequiredService<BuildStore>(),
            provider.GetRequiredService<RateLimits>(),
            provider.GetRequiredService<RefusedChanges>()));
}
