using BuildFunctions.FunctionsHost.Catalog;
using BuildFunctions.FunctionsHost.Http;
using BuildFunctions.FunctionsHost.Settings;
using Microsoft.Extensions.Options;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>Keeps one worker running: starts it, starts it again when it ends, sooner or later as it failed less or more often.</summary>
internal sealed partial class WorkerSupervisor(
    AppFolder app, FunctionCatalog catalog, WorkerRpc rpc, PublicAddress address, IOptions<FunctionsHostOptions> options,
    HostFailure failure, ILoggerFactory loggers, ILogger<WorkerSupervisor> logger) : IAsyncDisposable
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _healthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkerServer _server = new(rpc, loggers);
    private TaskCompletionSource<Worker> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool _hasRun;
    private int _lives;

    /// <summary>The worker that takes invocations; null while there is none.</summary>
    public Worker? Current => _ready.Task is { IsCompletedSuccessfully: true } ready && !ready.Result.Gone.IsCompleted ? ready.Result : null;

    /// <summary>The worker, as soon as there is one again.</summary>
    public async Task<Worker> ReadyAsync(TimeSpan patience)
    {
        try
        {
            return Current ?? await Volatile.Read(ref _ready).Task.WaitAsync(patience, _stopping.Token);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            throw new WorkerUnavailableException();
        }
    }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Asks the worker to end, waits for it, and ends it if it does not.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var endpoint = await _server.StartAsync();
            for (var failures = 0; !_stopping.IsCancellationRequested;)
            {
                var ran = await LiveAsync(endpoint);
                failures = ran > _healthy ? 0 : failures + 1;
                if (!_hasRun && failures >= options.Value.FirstStarts)
                {
                    throw new HostStartException($"The worker did not start, {failures} times in a row.");
                }

                await PauseAsync(failures);
            }
        }
        catch (Exception fault) when (!_stopping.IsCancellationRequested)
        {
            failure.Stop(fault);
        }
    }

    /// <summary>One life of a worker; answers how long it took invocations.</summary>
    private async Task<TimeSpan> LiveAsync(Uri endpoint)
    {
        var workerId = $"worker-{Environment.ProcessId}-{Interlocked.Increment(ref _lives)}";
        var connected = rpc.ExpectAsync(workerId);
        using var process = WorkerProcess.Start(workerId, app, endpoint, address.Host);
        LogStarted(process.Id);
        var since = TimeProvider.System.GetTimestamp();
        Worker? worker = null;
        try
        {
            worker = await LoadAsync(connected, process);
            if (worker is not null)
            {
                _hasRun = true;
                catalog.Offer(worker.Functions);
                Volatile.Read(ref _ready).TrySetResult(worker);
                LogReady(worker.Functions.Count);
                since = TimeProvider.System.GetTimestamp();
                await Task.WhenAny(process.Ended, worker.Gone, Stopping());
            }
        }
        catch (Exception fault) when (fault is HostStartException or WorkerUnavailableException or TimeoutException)
        {
            LogNotLoaded(fault.Message);
        }

        if (worker is not null)
        {
            Volatile.Write(ref _ready, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        rpc.Forget(workerId);
        await EndAsync(worker, process);
        return worker is null ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(since);
    }

    private async Task<Worker?> LoadAsync(Task<WorkerChannel> connected, WorkerProcess process)
    {
        var first = await Task.WhenAny(connected, process.Ended, Stopping());
        if (first != connected)
        {
            return null;
        }

        var loading = Worker.LoadAsync(await connected, app.Path);
        return await Task.WhenAny(loading, process.Ended, Stopping()) == loading ? await loading : null;
    }

    private async Task EndAsync(Worker? worker, WorkerProcess process)
    {
        if (_stopping.IsCancellationRequested)
        {
            worker?.Terminate();
            await Task.WhenAny(process.Ended, Task.Delay(worker is null ? TimeSpan.Zero : _lastWords));
        }
        else
        {
            await Task.WhenAny(process.Ended, Task.Delay(_lastWords));
        }

        if (!process.Ended.IsCompleted)
        {
            process.Kill();
        }

        var code = await process.Ended;
        if (!_stopping.IsCancellationRequested)
        {
            LogEnded(process.Id, code);
        }
    }

    private async Task PauseAsync(int failures)
    {
        var pause = failures <= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(_longestPause.TotalSeconds, Math.Pow(2, failures - 2)));
        await Task.WhenAny(Task.Delay(pause), Stopping());
    }

    private Task Stopping() => Task.Delay(Timeout.Infinite, _stopping.Token);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker started: process {Process}.")]
    private partial void LogStarted(int process);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker ready: {Functions} functions.")]
    private partial void LogReady(int functions);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private partial void LogNotLoaded(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Worker ended: process {Process}, exit code {Code}.")]
    private partial void LogEnded(int process, int code);
}
