using BuildFunctions.Broker.Servers;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Ssh;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Providers.Ssh;

public static class SshRegistration
{
    /// <summary>The provider is there from the start; it takes builds once it has a server.</summary>
    public static IServiceCollection AddSshProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServerOptions>().Bind(configuration.GetSection("Servers"))
            .Validate(options => options.FirstRest > TimeSpan.Zero && options.LongestRest >= options.FirstRest, "Servers:FirstRest is positive and at most Servers:LongestRest.")
            .Validate(options => options.Vanished > TimeSpan.Zero, "Servers:Vanished is positive.")
            .ValidateOnStart();
        return services
            .AddSingleton(configuration.GetSection("Ssh").Get<SshOptions>() ?? new SshOptions())
            .AddSingleton(configuration.GetSection("Ssh").Get<SshRunOptions>() ?? new SshRunOptions())
            .AddSingleton<SshConnections>()
            .AddSingleton<IServerStore, ServerTable>()
            .AddSingleton<ServerConnector>()
            .AddSingleton<ServerWatch>()
            .AddSingleton<ServerIntake>()
            .AddSingleton<ISourceArchives, SourceArchives>()
            .AddSingleton<ServerPool>()
            .AddSingleton<SshServers>()
            .AddSingleton<Unplaced>(services => (request, cancellation) => services.GetRequiredService<ServerPool>().WhyNotAsync(request.App, request.Needs, cancellation))
            .AddSingleton<SshStarter>()
            .AddSingleton<IBuildProvider, SshProvider>();
    }
}
