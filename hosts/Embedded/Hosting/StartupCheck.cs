using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Hosting;

/// <summary>Everything that is wrong with the app's functions, found before anything listens.</summary>
internal static class StartupCheck
{
    public static List<string> Faults(IServiceProvider services, bool servesHttp)
    {
        var catalog = services.GetRequiredService<FunctionCatalog>();
        List<string> faults =
        [
            .. catalog.Faults,
            .. services.GetRequiredService<FunctionRoutes>().Faults,
            .. services.GetRequiredService<FunctionPlans>().Faults,
            .. services.GetRequiredService<TimerSchedules>().Faults,
        ];
        if (!servesHttp && catalog.Functions.Any(function => function.Trigger is HttpTriggerAttribute))
        {
            faults.Add("There are HTTP functions, but Program.cs does not call builder.ConfigureFunctionsWebApplication().");
        }

        var extensions = services.GetServices<ITriggerExtension>().ToDictionary(extension => extension.TriggerAttribute);
        foreach (var function in catalog.Functions.Where(function => function.Trigger is not (HttpTriggerAttribute or TimerTriggerAttribute)))
        {
            if (extensions.TryGetValue(function.Trigger.GetType(), out var extension))
            {
                extension.Validate(function, faults);
            }
            else
            {
                faults.Add($"Function {function}: no extension serves [{function.Trigger.GetType().Name}]. Reference the extension's project.");
            }
        }

        return faults;
    }
}
