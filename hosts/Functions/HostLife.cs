namespace BuildFunctions.FunctionsHost;

/// <summary>What starts after what, and how all of it ends.</summary>
internal sealed partial class HostLife(
    AppFolder app, FunctionCatalog catalog, WorkerSupervisor workers, JobHostRunner jobs, PublicAddress address, IOptions<FunctionsHostOptions> options,
    ILogger<HostLife> logger)
{
    private static readonly TimeSpan _afterCancel = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(WebApplication server)
    {
        // The public server first: its address is known from then on, and until a worker is ready it says that it is not.
        await server.StartAsync();
        LogListening(string.Join(", ", address.All));
        workers.Start();
        catalog.Offer(app.Functions());
        jobs.Start();
        await Task.WhenAny(Task.Delay(Timeout.Infinite, server.Lifetime.ApplicationStopping));
        await DrainAsync();
        await workers.StopAsync();
        await server.StopAsync();
    }

    /// <summary>No new work; what runs may end, and then is cancelled.</summary>
    private async Task DrainAsync()
    {
        await await Task.WhenAny(Task.WhenAll(jobs.StopAsync(), NothingRunsAsync()), Task.Delay(options.Value.Drain));
        if (workers.Current is { Running: > 0 } worker)
        {
            LogCancelled(worker.Running, options.Value.Drain.TotalSeconds);
            worker.CancelAll();
            await Task.WhenAny(NothingRunsAsync(), Task.Delay(_afterCancel));
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
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Running} invocations still ran after {Seconds} s and were cancelled.")]
    private partial void LogCancelled(int running, double seconds);
}
