using BuildFunctions.Broker.Secrets.Redaction;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Activities.Failures;

public static class FailuresRegistration
{
    /// <summary>Around the executor that the worker's SDK has generated and registered for the app.</summary>
    public static IServiceCollection AddActivityFailures(this IServiceCollection services)
    {
        // The worker would log everything that a function throws with its stack, expected or not. What activities and requests throw is logged by the app itself,
        // and what timers and orchestrations throw by the host as well.
        services.Configure<LoggerFilterOptions>(options => options.AddFilter("Microsoft.Azure.Functions.Worker.FunctionsApplication", LogLevel.Critical));
        var generated = services.LastOrDefault(service => service.ServiceType == typeof(IFunctionExecutor))?.ImplementationType
            ?? throw new InvalidOperationException("The app's own function executor is not registered yet; add the app after it.");
        services.AddSingleton(generated);
        return services.AddSingleton<IFunctionExecutor>(provider => new FailingActivities(
            (IFunctionExecutor)provider.GetRequiredService(generated),
            provider.GetRequiredService<BrokerRedactor>(),
            provider.GetRequiredService<ILogger<FailingActivities>>()));
    }
}
