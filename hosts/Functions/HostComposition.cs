namespace BuildFunctions.FunctionsHost;

/// <summary>What the host is made of.</summary>
internal static class HostComposition
{
    public static WebApplication Build(HostArguments arguments, AppFolder app)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = app.Path });
        builder.Configuration.Sources.Clear();
        HostSettings.AddTo(builder.Configuration, app);
        builder.AddLogs();
        builder.AddServer(HostSettings.Urls(arguments, app, builder.Configuration));
        builder.Services.Configure<FunctionsHostOptions>(builder.Configuration.GetSection("FunctionsHost"));
        builder.Services
            .AddSingleton(app)
            .AddSingleton<FunctionCatalog>()
            .AddSingleton<PublicAddress>()
            .AddSingleton<HostFailure>()
            .AddWorkers()
            .AddJobs()
            .AddForwarding()
            .AddHostedService<HostLife>();
        return builder.Build().UseRoutes();
    }

    private static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        // What host.json says comes last and so holds; these keep each step of each orchestration out of the console. A failure is logged by the worker
        // and by the function's own category; Host.Results would repeat it.
        foreach (var category in (string[])["Microsoft", "Host", "DurableTask", "Grpc", "Yarp", "Function", "System"])
        {
            builder.Logging.AddFilter(category, LogLevel.Warning);
        }

        // Each blob that is not there yet would be a warning.
        builder.Logging.AddFilter("Azure", LogLevel.Error);
        builder.Logging.AddFilter("Host.Results", LogLevel.None);
        builder.Logging.AddConfiguration(HostSettings.HostJson(builder.Configuration).GetSection("logging"));
    }

    private static void AddServer(this WebApplicationBuilder builder, string urls)
    {
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Configure(builder.Configuration.GetSection("Kestrel"));
            ServerLimits.Apply(kestrel.Limits);
            builder.Configuration.GetSection("Kestrel:Limits").Bind(kestrel.Limits);
        });
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<FunctionsHostOptions>>(
            (host, own) => host.ShutdownTimeout = own.Value.Drain + TimeSpan.FromSeconds(15));
    }

    private static IServiceCollection AddWorkers(this IServiceCollection services) => services
        .AddSingleton<WorkerLog>()
        .AddSingleton<WorkerServer>()
        .AddSingleton<WorkerSupervisor>();

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<Surroundings>()
        .AddSingleton<DurableClients>()
        .AddSingleton<JobRunner>()
        .AddSingleton<JobHostRunner>();

    private static IServiceCollection AddForwarding(this IServiceCollection services) => services
        .AddHttpForwarder()
        .AddSingleton<ForwardedRequest>()
        .AddSingleton<FunctionForwarder>()
        .AddSingleton<FunctionEndpoints>()
        .AddSingleton<DurableWebhookEndpoint>();

    private static WebApplication UseRoutes(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<FunctionEndpoints>();
        app.UseRouting();
        app.Use((http, next) =>
        {
            switch (http.GetEndpoint())
            {
                case null when !endpoints.AreKnown:
                    FunctionForwarder.Unavailable(http);
                    return Task.CompletedTask;
                // The matcher's own answer to a known path with another method would be 405.
                case { } refusal when refusal is not RouteEndpoint:
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                default:
                    return next(http);
            }
        });
        app.Map(Surroundings.DurablePath + "/{**rest}", app.Services.GetRequiredService<DurableWebhookEndpoint>().AnswerAsync);
        ((IEndpointRouteBuilder)app).DataSources.Add(endpoints);
        return app;
    }
}
