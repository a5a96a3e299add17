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
        builder.Services.AddOptions<FunctionsHostOptions>().Bind(builder.Configuration.GetSection("FunctionsHost")).ValidateOnStart();
        builder.Services
            .AddSingleton(app)
            .AddSingleton<FunctionCatalog>()
            .AddSingleton<PublicAddress>()
            .AddSingleton<HostFailure>()
            .AddSingleton<WorkerLog>()
            .AddSingleton<WorkerServer>()
            .AddSingleton<WorkerSupervisor>()
            .AddSingleton<Surroundings>()
            .AddSingleton<DurableClients>()
            .AddSingleton<JobRunner>()
            .AddSingleton<JobHostRunner>()
            .AddHttpForwarder()
            .AddSingleton<ForwardedRequest>()
            .AddSingleton<FunctionForwarder>()
            .AddSingleton<FunctionEndpoints>()
            .AddSingleton<DurableWebhookEndpoint>()
            .AddSingleton<HostLife>();
        return builder.Build().UseRoutes();
    }

    private static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        // What host.json says comes last and so holds; these keep each step of each orchestration out of the console. A failure is logged by the worker
        // and by the function's own category; Host.Results would repeat it.
        string[] quiet = ["Microsoft", "Host", "DurableTask", "Grpc", "Yarp", "Function", "System"];
        quiet.ToList().ForEach(category => builder.Logging.AddFilter(category, LogLevel.Warning));
        // Each blob that is not there yet would be a warning.
        builder.Logging.AddFilter("Azure", LogLevel.Error).AddFilter("Host.Results", LogLevel.None);
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
    }

    private static WebApplication UseRoutes(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<FunctionEndpoints>();
        app.UseRouting();
        // A known path with another method has an endpoint too, the matcher's own, which would answer 405.
        app.Use((http, next) => http.GetEndpoint() is RouteEndpoint ? next(http) : FunctionForwarder.RefuseAsync(http, endpoints.AreKnown ? 404 : 503));
        app.Map(Surroundings.DurablePath + "/{**rest}", app.Services.GetRequiredService<DurableWebhookEndpoint>().AnswerAsync);
        ((IEndpointRouteBuilder)app).DataSources.Add(endpoints);
        return app;
    }
}
