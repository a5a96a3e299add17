namespace BuildFunctions.FunctionsHost;

/// <summary>What starts after what, and how all of it ends.</summary>
internal sealed partial class HostLife(
    FunctionCatalog catalog, FunctionEndpoints endpoints, WorkerSupervisor workers, JobHostRunner jobs, PublicAddress address,
    HostFailure failure, IConfiguration configuration, IOptions<FunctionsHostOptions> options, ILogger<HostLife> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan _afterCancel = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The public server listens by now: its address is known, and until a worker is ready it says that it is not.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        LogListening(string.Join(", ", address.All));
        workers.Start();
        catalog.ReadFolder();
        _ = SetRoutesAsync();
        jobs.Start();
        return Task.CompletedTask;
    }

    /// <summary>Before the public server stops: no new work, and what runs may end; then it is cancelled.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetTimestamp();
        var jobsStopped = jobs.StopAsync();
        await Task.WhenAny(Task.WhenAll(jobsStopped, NothingRunsAsync()), Task.Delay(options.Value.Drain, cancellationToken));
        if (jobsStopped.IsCompleted)
        {
            await jobsStopped;
        }

        if (workers.Current is { Running: > 0 } worker)
        {
            LogCancelled(worker.Running, TimeProvider.System.GetElapsedTime(until).TotalSeconds);
            worker.CancelAll();
            await Task.WhenAny(NothingRunsAsync(), Task.Delay(_afterCancel, cancellationToken));
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await workers.StopAsync();
        await jobs.EndAsync();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SetRoutesAsync()
    {
        try
        {
            endpoints.Set(await catalog.Functions, HostSettings.HostJson(configuration)["extensions:http:routePrefix"] ?? "api");
        }
        catch (HostStartException fault)
        {
            failure.Stop(fault);
        }
    }

    private async Task NothingRunsAsync()
    {
        while (workers.Current is { Running: > 0 })
        {
            await Task.Delay(_look);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening on {Addresses}.")]
    private partial void LogListening(string addresses);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Running} invocations still ran after {Seconds:0} s and were cancelled.")]
    private partial void LogCancelled(int running, double seconds);
}
