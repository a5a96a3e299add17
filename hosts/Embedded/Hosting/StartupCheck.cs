using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Timers;
using BuildFunctions.Embedded.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Hosting;

/// <summary>Everything that is wrong with the app's functions, found before anything listens.</summary>
internal static class StartupCheck
{
    public static List<string> Faults(IServiceProvider services)
    {
        var catalog = services.GetRequiredService<FunctionCatalog>();
        List<string> faults =
        [
            .. catalog.Faults,
            .. services.GetRequiredService<FunctionRoutes>().Faults,
            .. services.GetRequiredService<FunctionPlans>().Faults,
            .. services.GetRequiredService<TimerSchedules>().Faults,
        ];
        var kinds = services.GetServices<ITriggerKind>().ToList();
        foreach (var function in catalog.Functions)
        {
            if (kinds.Find(kind => function.Trigger.Is(kind.Type)) is { } served)
            {
                served.Check(function, faults);
            }
            else
            {
                faults.Add($"Function {function}: this host does not serve the trigger '{function.Trigger.Type}'.");
            }
        }

        return faults;
    }
}
