namespace BuildFunctions.Embedded.Hosting;

/// <summary>The list of functions that is printed once the host listens.</summary>
internal static class StartupList
{
    public static void WriteWhenStarted(WebApplication app, TextWriter output) =>
        app.Lifetime.ApplicationStarted.Register(() => output.Write(Describe(app)));

    private static string Describe(WebApplication app)
    {
        var kinds = app.Services.GetServices<ITriggerKind>().ToDictionary(kind => kind.Type, StringComparer.OrdinalIgnoreCase);
        var lines = app.Services.GetRequiredService<FunctionCatalog>().Functions
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Select(function => $"  {function.Name}: {kinds[function.Trigger.Type].Describe(function)}");
        return string.Join(Environment.NewLine, ["Functions:", .. lines, $"Listening on {string.Join(", ", app.Urls)}", ""]);
    }
}
