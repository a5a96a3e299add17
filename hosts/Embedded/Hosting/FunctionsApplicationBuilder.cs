using System.Reflection;
using BuildFunctions.Embedded.Hosting;
using BuildFunctions.Embedded.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Collects the app's services, settings and middleware; Build finds its functions and checks them.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly FunctionPipeline _pipeline = new();
    private readonly HostSources _sources;

    internal FunctionsApplicationBuilder(HostSources sources)
    {
        _sources = sources;
        var assemblies = sources.FindAssemblies();
        _web = HostComposition.CreateWeb(sources);
        Services.AddFunctions(sources.Types ?? [.. assemblies.SelectMany(assembly => assembly.GetTypes())], _pipeline);
        foreach (var startup in assemblies.SelectMany(assembly => assembly.GetCustomAttributes<WorkerExtensionStartupAttribute>()))
        {
            ((WorkerExtensionStartup)Activator.CreateInstance(startup.StartupType)!).Configure(this);
        }
    }

    public IServiceCollection Services => _web.Services;

    public ConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    internal bool ServesHttp { get; set; }

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _pipeline.Use(middleware);
        return this;
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    public IHost Build() => HostComposition.Build(_web, _sources, ServesHttp);
}
