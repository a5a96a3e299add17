using BuildFunctions.FunctionsHost.Catalog;
using BuildFunctions.FunctionsHost.Settings;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>Timers and Durable: a WebJobs host inside this one, with the extensions as they are. It waits for its storage as long as it takes.</summary>
internal sealed partial class JobHostRunner(
    FunctionCatalog catalog, JobRunner jobs, DurableClients clients, IConfiguration configuration, IServiceProvider services,
    ILoggerFactory loggers, ILogger<JobHostRunner> logger)
{
    private const string Storage = "AzureWebJobsStorage";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _starting = Task.CompletedTask;
    private volatile IHost? _host;

    /// <summary>The Durable extension as a server of its management routes; null before the job host runs.</summary>
    public IAsyncConverter<HttpRequestMessage, HttpResponseMessage>? Durable =>
        _host?.Services.GetServices<IExtensionConfigProvider>().OfType<IAsyncConverter<HttpRequestMessage, HttpResponseMessage>>().FirstOrDefault();

    public void Start() => _starting = Task.Run(StartAsync);

    /// <summary>Takes no new work. The extension waits for the work it has.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _starting;
        if (_host is { } host)
        {
            await host.Services.GetRequiredService<IJobHost>().StopAsync();
        }
    }

    public async Task EndAsync()
    {
        if (_host is { } host)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task StartAsync()
    {
        var functions = (await catalog.Functions.WaitAsync(_stopping.Token)).ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
        var keys = functions.Values.SelectMany(function => function.DurableClients).Select(DurableClients.Key).Distinct().ToArray();
        if (keys.Length == 0 && !functions.Values.Any(function => function.IsJob))
        {
            return;
        }

        var type = JobMethods.Emit(functions.Values, keys, (name, input) =>
        {
            if (functions.TryGetValue(name, out var function))
            {
                return jobs.RunAsync(function, input);
            }

            clients.Set(keys[int.Parse(name[JobMethods.ClientMethod.Length..])], (string)input!);
            return Task.FromResult<object?>(null);
        });
        while (_host is null && !_stopping.IsCancellationRequested)
        {
            var host = Build(type);
            try
            {
                await host.StartAsync(_stopping.Token);
                var jobHost = host.Services.GetRequiredService<IJobHost>();
                await jobHost.StartAsync(_stopping.Token);
                for (var i = 0; i < keys.Length; i++)
                {
                    await jobHost.CallAsync($"{JobMethods.ClientMethod}{i}");
                }

                _host = host;
                LogRunning();
            }
            catch (Exception fault) when (!_stopping.IsCancellationRequested)
            {
                LogNotStarted(fault, _pause.TotalSeconds);
                host.Dispose();
                await Task.WhenAny(Task.Delay(_pause, _stopping.Token));
            }
        }
    }

    private IHost Build(Type type)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Services
            .AddSingleton(loggers)
            .AddSingleton<IHostLifetime, NestedLifetime>()
            .AddSingleton<INameResolver>(services.GetRequiredService<HostNames>())
            .AddSingleton<ITypeLocator>(new JobTypes(type));
#pragma warning disable CS0618 // For this kind of host only, says the attribute.
        builder.Services.AddSingleton<IWebHookProvider>(services.GetRequiredService<Webhooks>());
#pragma warning restore CS0618
        var web = builder.Services.AddWebJobs(_ => { });
        web.UseHostId(HostId());
        web.AddAzureStorageCoreServices();
        web.AddTimers();
        web.AddDurableTask();
        builder.Services.Replace(ServiceDescriptor.Singleton<ScheduleMonitor, BlobScheduleMonitor>());
        return builder.Build();
    }

    // Hosts of one app have the same id, by which they find each other's locks.
    private string HostId()
    {
        var name = configuration["AzureFunctionsWebHost:hostid"] ?? HostSettings.HostJson(configuration)["extensions:durableTask:hubName"] ?? "functions";
        var id = new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(32)]);
        return id.Length > 0 ? id : "functions";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Timers and Durable Functions are running.")]
    private partial void LogRunning();

    [LoggerMessage(Level = LogLevel.Error, Message = "Timers and Durable Functions could not start; the next try is in {Seconds} s.")]
    private partial void LogNotStarted(Exception fault, double seconds);
}
