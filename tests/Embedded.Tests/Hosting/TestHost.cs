using BuildFunctions.Embedded.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Tests.Hosting;

/// <summary>A host over chosen function classes, on a free port, in a folder of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly string _folder;

    private TestHost(IHost host, string folder, StringWriter output)
    {
        _folder = folder;
        Host = host;
        Output = output;
        Address = new Uri(((WebApplication)host).Urls.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public IHost Host { get; }

    public HttpClient Client { get; }

    public Uri Address { get; }

    public StringWriter Output { get; }

    public static async Task<TestHost> StartAsync(Action<TestHostOptions> configure)
    {
        var options = new TestHostOptions();
        configure(options);
        var folder = Directory.CreateTempSubdirectory("functions-").FullName;
        var output = new StringWriter();
        try
        {
            var host = Build(options, folder, output);
            await host.StartAsync();
            return new TestHost(host, folder, output);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public static Task<TestHost> StartAsync<T>() => StartAsync(options => options.Types = [typeof(T)]);

    public static EmbeddedApplicationBuilder CreateBuilder(TestHostOptions options, string folder, TextWriter output)
    {
        foreach (var (name, text) in options.Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        var builder = new EmbeddedApplicationBuilder(new HostSources
        {
            Args = options.Args,
            Folder = folder,
            App = typeof(TestHost).Assembly,
            EnvironmentVariables = options.Environment,
            Output = output,
        });
        builder.Services.AddSingleton<IFunctionMetadataProvider>(new ChosenFunctions(new GeneratedFunctionMetadataProvider(), options.Types));
        options.Configure(builder);
        return builder;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static IHost Build(TestHostOptions options, string folder, TextWriter output) => CreateBuilder(options, folder, output).Build();
}
