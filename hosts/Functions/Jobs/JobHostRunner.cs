using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>Timers and Durable: a WebJobs host inside this one, with the extensions as they are. It waits for its storage as long as it takes.</summary>
internal sealed partial class JobHostRunner(
    FunctionCatalog catalog, JobRunner jobs, DurableClients clients, IConfiguration configuration, Surroundings surroundings,
    HostFailure failure, ILoggerFactory loggers, ILogger<JobHostRunner> logger)
{
    private const string Storage = "AzureWebJobsStorage";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private Task _starting = Task.CompletedTask;
    private volatile IHost? _host;

    /// <summary>The Durable extension as a server of its management routes; null before the job host runs.</summary>
    public IAsyncConverter<HttpRequestMessage, HttpResponseMessage>? Durable =>
        _host?.Services.GetServices<IExtensionConfigProvider>().OfType<IAsyncConverter<HttpRequestMessage, HttpResponseMessage>>().FirstOrDefault();

    public void Start() => _starting = failure.GuardAsync(RunAsync, _stopping.Token);

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

    private async Task RunAsync()
    {
        var functions = (await catalog.Functions.WaitAsync(_stopping.Token)).ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
        var keys = functions.Values.SelectMany(function => function.DurableClients).Select(DurableClients.Key).Distinct().ToArray();
        if (keys.Length == 0 && !functions.Values.Any(function => function.IsJob))
        {
            return;
        }

        if (!configuration.GetSection(Storage).Exists())
        {
            throw new HostStartException($"{Storage} is not set: timers and Durable Functions need it ('UseDevelopmentStorage=true' is a local Azurite).");
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
            await TryStartAsync(Build(type), keys.Length);
        }
    }

    private async Task TryStartAsync(IHost host, int clientMethods)
    {
        try
        {
            await StorageAnswersAsync(host.Services.GetRequiredService<IAzureBlobStorageProvider>());
            await host.StartAsync(_stopping.Token);
            var jobHost = host.Services.GetRequiredService<IJobHost>();
            for (var i = 0; i < clientMethods; i++)
            {
                await jobHost.CallAsync($"{JobMethods.ClientMethod}{i}", cancellationToken: _stopping.Token);
            }

            // Now timers may fire, and their functions find what they ask for.
            await jobHost.StartAsync(_stopping.Token);
            _host = host;
            LogRunning();
        }
        catch (Exception fault) when (fault is not HostStartException)
        {
            host.Dispose();
            LogNotStarted(fault.GetBaseException().Message, _pause.TotalSeconds);
            await Task.WhenAny(Task.Delay(_pause, _stopping.Token));
        }
    }

    // The extensions try for minutes, one listener after the other, before they say that storage is away.
    private Task StorageAnswersAsync(IAzureBlobStorageProvider storage) => storage.TryCreateHostingBlobContainerClient(out var container)
        ? container.ExistsAsync(_stopping.Token).WaitAsync(_patience)
        : Task.CompletedTask;

    private IHost Build(Type type)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddSingleton(loggers).AddSingleton<IHostLifetime, NestedLifetime>().AddSingleton<ITypeLocator>(new JobTypes(type));
#pragma warning disable CS0618 // IWebHookProvider is for this kind of host only, says its attribute.
        builder.Services.AddSingleton<INameResolver>(surroundings).AddSingleton<IWebHookProvider>(surroundings);
#pragma warning restore CS0618
        var web = builder.Services.AddWebJobs(_ => { });
        // Hosts of one app have the same id, by which they find each other's locks.
        var name = configuration["AzureFunctionsWebHost:hostid"] ?? HostSettings.HostJson(configuration)["extensions:durableTask:hubName"] ?? "functions";
        web.UseHostId(new([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(32)]));
        builder.Services.Configure<SingletonOptions>(HostSettings.HostJson(configuration).GetSection("singleton"));
        web.AddAzureStorageCoreServices();
        web.AddTimers();
        web.AddDurableTask();
        builder.Services.Replace(ServiceDescriptor.Singleton<ScheduleMonitor, BlobScheduleMonitor>());
        return builder.Build();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Timers and Durable Functions are running.")]
    private partial void LogRunning();
    [LoggerMessage(Level = LogLevel.Error, Message = "Timers and Durable Functions cannot start: {Reason} The next try is in {Seconds} s.")]
    private partial void LogNotStarted(string reason, double seconds);
}
