using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Hosting;

/// <summary>The list of functions that is printed once the host listens.</summary>
internal static class StartupList
{
    public static void WriteWhenStarted(WebApplication app, TextWriter output) =>
        app.Lifetime.ApplicationStarted.Register(() => output.Write(Describe(app)));

    private static string Describe(WebApplication app)
    {
        var routes = app.Services.GetRequiredService<FunctionRoutes>();
        var schedules = app.Services.GetRequiredService<TimerSchedules>();
        var extensions = app.Services.GetServices<ITriggerExtension>().ToDictionary(extension => extension.TriggerAttribute);
        var address = app.Urls.FirstOrDefault() ?? "";
        var lines = app.Services.GetRequiredService<IFunctionCatalog>().Functions
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Select(function => $"  {function.Name}: {function.Trigger switch
            {
                HttpTriggerAttribute => $"[{Methods(function)}] {address}/{routes.PatternOf(function)?.RawText}",
                TimerTriggerAttribute => $"timer, {schedules.Of(function).Text}",
                _ => extensions[function.Trigger.GetType()].Describe(function),
            }}");
        return string.Join(Environment.NewLine, ["Functions:", .. lines, $"Listening on {string.Join(", ", app.Urls)}", ""]);
    }

    private static string Methods(FunctionDescriptor function) =>
        FunctionRoutes.MethodsOf(function) is { Length: > 0 } methods ? string.Join(',', methods) : "any";
}
