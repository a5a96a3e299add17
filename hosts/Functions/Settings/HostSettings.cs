namespace BuildFunctions.FunctionsHost.Settings;

/// <summary>Settings as Core Tools layers them: <c>Values</c> of local.settings.json, then the environment, then <c>--setting</c>.</summary>
internal static class HostSettings
{
    private const string Json = "AzureFunctionsJobHost";

    /// <summary>Makes the settings this process's environment: the worker inherits them, and the Durable extension reads some of them there.</summary>
    public static void ApplyToEnvironment(AppFolder app, HostArguments arguments)
    {
        var environment = Environment.GetEnvironmentVariables();
        var values = app.Configuration("local.settings.json").GetSection("Values").AsEnumerable(makePathsRelative: true);
        var settings = values.Where(value => value.Value is not null && !environment.Contains(value.Key))
            .Concat(arguments.Settings)
            .Append(new("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"));
        foreach (var (name, value) in settings)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>host.json stands where the Functions host puts it, so that <c>AzureFunctionsJobHost__extensions__…</c> in the environment replaces parts of it.</summary>
    public static void AddTo(IConfigurationBuilder configuration, AppFolder app)
    {
        var host = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["AzureWebJobsConfigurationSection"] = Json,
            // Unless host.json says otherwise: a turn or an activity that has ended is also written down before this host goes, and nothing is traced.
            [$"{Json}:extensions:durableTask:useGracefulShutdown"] = "true",
            [$"{Json}:extensions:durableTask:tracing:distributedTracingEnabled"] = "true",
            [$"{Json}:extensions:durableTask:tracing:version"] = "None",
        };
        foreach (var (key, value) in app.Configuration("host.json").AsEnumerable())
        {
            host[$"{Json}:{key}"] = value;
        }

        configuration.AddInMemoryCollection(host).AddEnvironmentVariables();
    }

    public static IConfigurationSection HostJson(IConfiguration configuration) => configuration.GetSection(Json);

    public static string Urls(HostArguments arguments, AppFolder app, IConfiguration configuration)
    {
        var port = app.Configuration("local.settings.json")["Host:LocalHttpPort"] ?? "7071";
        return arguments.Urls ?? configuration["ASPNETCORE_URLS"] ?? (ushort.TryParse(port, out _)
            ? $"http://127.0.0.1:{port}"
            : throw new HostStartException($"Host.LocalHttpPort of local.settings.json is '{port}', which is not a port."));
    }
}
