using BuildFunctions.Embedded.Durable;
using BuildFunctions.Embedded.Hosting;
using BuildFunctions.Engine;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Diagnostics.Metrics;

namespace BuildFunctions.Embedded;

/// <summary>Runs a Functions app of the isolated worker model in one process, on Kestrel. Build checks its functions.</summary>
internal sealed class EmbeddedApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private readonly HostSources _sources;
    private WebApplication? _built;
    private bool _isDurable;

    public EmbeddedApplicationBuilder(HostSources sources)
    {
        _sources = sources;
        _web = HostComposition.CreateWeb(sources);
        Services.AddFunctions(_middleware);
        // The Worker SDK generates these into an app: they register its list of functions and their executor.
        foreach (var type in sources.App.GetExportedTypes().Where(one => one.IsClass && one.IsAssignableTo(typeof(IAutoConfigureStartup))))
        {
            ((IAutoConfigureStartup)Activator.CreateInstance(type)!).Configure(_web.Host);
        }
    }

    public IServiceCollection Services => _web.Services;

    public ConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    /// <summary>Where the host listens; none before it does.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _built?.Urls ?? []];

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>Runs the app's orchestrations and activities in this process.</summary>
    public EmbeddedApplicationBuilder AddDurable()
    {
        Services.AddDurableFunctions();
        _isDurable = true;
        return this;
    }

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middleware.Add(middleware);
        return this;
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    public IHost Build()
    {
        _built = HostComposition.Build(_web, _sources);
        if (_isDurable)
        {
            _built.MapEmbeddedEngine();
        }

        return _built;
    }
}
