using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Ssh;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        services.AddOptions<SshOptions>().Bind(configuration.GetSection("Ssh"))
            .Validate(options => options.Sessions >= 1, "Ssh:Sessions is at least 1.")
            .Validate(options => options.Connect > TimeSpan.Zero && options.Silence > TimeSpan.FromSeconds(10), "Ssh:Connect is positive, and Ssh:Silence more than ten seconds.")
            .ValidateOnStart();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<SshOptions>>().Value)
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
