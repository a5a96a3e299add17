namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>Keeps one worker running: starts it, starts it again when it ends, sooner or later as it failed less or more often.</summary>
internal sealed partial class WorkerSupervisor(
    AppFolder app, FunctionCatalog catalog, WorkerServer server, PublicAddress address, HostFailure failure, ILogger<WorkerSupervisor> logger)
{
    private const int FirstStarts = 3;

    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _healthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource<Worker> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool _hasRun;

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

    public void Start() => _running = failure.GuardAsync(RunAsync, _stopping.Token);

    /// <summary>Asks the worker to end, waits for it, and ends it if it does not.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        var endpoint = await server.StartAsync();
        for (var failures = 0; !_stopping.IsCancellationRequested;)
        {
            failures = await LiveAsync(endpoint) > _healthy ? 0 : failures + 1;
            if (!_hasRun && failures == FirstStarts)
            {
                throw new HostStartException($"The worker did not start, {failures} times in a row.");
            }

            var pause = failures < 2 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(_longestPause.TotalSeconds, Math.Pow(2, failures - 2)));
            await Task.Delay(pause, _stopping.Token);
        }
    }

    /// <summary>One life of a worker; answers how long it took invocations.</summary>
    private async Task<TimeSpan> LiveAsync(Uri endpoint)
    {
        var workerId = Worker.NewId();
        var connected = server.ExpectAsync(workerId);
        using var process = WorkerProcess.Start(workerId, app, endpoint, address.Host);
        LogStarted(process.Id);
        var worker = await LoadAsync(connected, process);
        var since = TimeProvider.System.GetTimestamp();
        if (worker is not null)
        {
            _hasRun = true;
            catalog.Offer(worker.Functions);
            _ready.TrySetResult(worker);
            LogReady(worker.Functions.Count);
            await Task.WhenAny(process.Ended, worker.Gone, StoppingAsync());
            Volatile.Write(ref _ready, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        var ran = TimeProvider.System.GetElapsedTime(since);
        server.Forget(workerId);
        await EndAsync(worker, process);
        return ran;
    }

    private async Task<Worker?> LoadAsync(Task<WorkerChannel> connected, WorkerProcess process)
    {
        try
        {
            var loading = LoadAsync(connected.WaitAsync(Worker.Patience));
            return await Task.WhenAny(loading, process.Ended, StoppingAsync()) == loading ? await loading : null;
        }
        catch (Exception fault) when (fault is HostStartException or WorkerUnavailableException or TimeoutException)
        {
            LogNotLoaded(fault.Message);
            return null;
        }
    }

    private async Task<Worker> LoadAsync(Task<WorkerChannel> connected)
    {
        var worker = new Worker(await connected);
        await worker.LoadAsync(app.Path);
        return worker;
    }

    private async Task EndAsync(Worker? worker, WorkerProcess process)
    {
        if (_stopping.IsCancellationRequested)
        {
            worker?.Terminate();
        }

        await Task.WhenAny(process.Ended, Task.Delay(worker is null ? TimeSpan.Zero : _lastWords));
        process.Kill();
        LogEnded(_stopping.IsCancellationRequested ? LogLevel.Information : LogLevel.Error, process.Id, await process.Ended);
    }

    private Task StoppingAsync() => Task.Delay(Timeout.Infinite, _stopping.Token);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker started: process {Process}.")]
    private partial void LogStarted(int process);
    [LoggerMessage(Level = LogLevel.Information, Message = "Worker ready: {Functions} functions.")]
    private partial void LogReady(int functions);
    [LoggerMessage(Level = LogLevel.Error, Message = "The worker did not load: {Reason}")]
    private partial void LogNotLoaded(string reason);
    [LoggerMessage(Message = "Worker ended: process {Process}, exit code {Code}.")]
    private partial void LogEnded(LogLevel level, int process, int code);
}
