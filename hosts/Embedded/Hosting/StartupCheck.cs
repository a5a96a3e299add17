using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Timers;

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
            .. services.GetRequiredService<FunctionParameters>().Faults,
            .. services.GetRequiredService<TimerTrigger>().Faults,
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

            var returns = function.Method.ReturnType;
            if (returns == typeof(ValueTask) || (returns.IsGenericType && returns.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            {
                faults.Add($"Function {function} returns {returns.Name}, which the worker does not await. Return a Task.");
            }
        }

        return faults;
    }
}
