using BuildFunctions.Embedded.Http;
using BuildFunctions.Embedded.Settings;
using Microsoft.AspNetCore.Hosting;

namespace BuildFunctions.Embedded.Hosting;

/// <summary>The web host under the functions: settings in their order, Kestrel, and the checks before the start.</summary>
internal static class HostComposition
{
    public static WebApplicationBuilder CreateWeb(HostSources sources)
    {
        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = sources.App.GetName().Name,
            ContentRootPath = sources.Folder,
        });
        AddSettings(web.Configuration, sources);
        web.Logging.AddConfiguration(web.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true);
        web.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Configure(web.Configuration.GetSection("Kestrel"));
            ServerLimits.Apply(server.Limits);
            web.Configuration.GetSection("Kestrel:Limits").Bind(server.Limits);
        });
        return web;
    }

    public static WebApplication Build(WebApplicationBuilder web, HostSources sources)
    {
        if (!web.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            web.WebHost.UseUrls(ListenAddress.Of(web.Configuration));
        }

        var app = web.Build();
        var faults = StartupCheck.Faults(app.Services);
        if (faults.Count > 0)
        {
            ((IDisposable)app).Dispose();
            throw new FunctionsStartupException(faults);
        }

        app.Services.GetRequiredService<FunctionEndpoints>().Map(app);
        StartupList.WriteWhenStarted(app, sources.Output);
        return app;
    }

    // Later sources win.
    private static void AddSettings(ConfigurationManager settings, HostSources sources)
    {
        // A line for each request is for those who ask for it.
        settings.AddInMemoryCollection([
            new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), new("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning")]);
        HostFiles.AddHostJson(settings, sources.Folder);
        HostFiles.AddLocalSettings(settings, sources.Folder);
        if (sources.EnvironmentVariables is { } given)
        {
            settings.AddInMemoryCollection(
                given.Select(one => KeyValuePair.Create(one.Key.Replace("__", ":", StringComparison.Ordinal), one.Value)));
        }
        else
        {
            settings.AddEnvironmentVariables();
        }

        settings.AddCommandLine(sources.Args);
    }
}
