using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Audit;

/// <summary>
/// Writes entries many at a time. What must be there before the change waits for its write, and whoever comes meanwhile shares the next one;
/// outcomes are written once a second.
/// </summary>
internal sealed partial class AuditWriter(BrokerStorage storage, TimeProvider clock, ILogger<AuditWriter> logger) : BackgroundService, IHostedLifecycleService
{
    private const int LargestBatch = 100;
    private const int MostOutcomes = 10_000;
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Channel<(AuditEntry Entry, TaskCompletionSource Done)> _announced =
        Channel.CreateUnbounded<(AuditEntry, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentQueue<AuditEntry> _outcomes = new();
    private readonly ConcurrentDictionary<string, AuditEntry> _underway = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>What is known of an entry whose outcome is not written yet.</summary>
    public AuditEntry? Underway(string id) => _underway.GetValueOrDefault(id);

    /// <summary>As <see cref="WriteAsync"/>, of something whose outcome will follow.</summary>
    public async Task AnnounceAsync(AuditEntry entry, CancellationToken cancellation)
    {
        _underway[entry.Id] = entry;
        try
        {
            await WriteAsync(entry, cancellation);
        }
        catch
        {
            _underway.TryRemove(entry.Id, out _);
            throw;
        }
    }

    /// <summary>Returns when the entry is kept.</summary>
    public Task WriteAsync(AuditEntry entry, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _announced.Writer.TryWrite((entry, done)) ? done.Task.WaitAsync(cancellation) : SubmitAsync([entry], cancellation);
    }

    /// <summary>Takes the place of the announcement soon, and before the host has stopped.</summary>
    public void WriteSoon(AuditEntry outcome)
    {
        // Storage is away for long: changes are refused then, so it takes thousands that were under way to get here.
        if (_outcomes.Count < MostOutcomes)
        {
            _underway[outcome.Id] = outcome;
            _outcomes.Enqueue(outcome);
        }
        else
        {
            _underway.TryRemove(outcome.Id, out _);
            OutcomeLost(logger, outcome.Action);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => WriteOutcomesAsync(cancellationToken);

    /// <summary>Writes what there is now, and waits for what is being written.</summary>
    public async Task WriteOutcomesAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            for (var batch = _outcomes.Take(LargestBatch).ToList(); batch.Count > 0; batch = [.. _outcomes.Take(LargestBatch)])
            {
                await SubmitAsync(batch, cancellation);
                foreach (var outcome in batch)
                {
                    _outcomes.TryDequeue(out _);
                    _underway.TryRemove(outcome.Id, out _);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Kept for the next second.
            NotWritten(logger, exception);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(WriteAnnouncedAsync(stoppingToken), WriteOutcomesInTimeAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever comes after this writes for himself.
            _announced.Writer.Complete();
            await foreach (var (entry, done) in _announced.Reader.ReadAllAsync(CancellationToken.None))
            {
                await SettleAsync([(entry, done)]);
            }
        }
    }

    private async Task WriteAnnouncedAsync(CancellationToken cancellation)
    {
        while (await _announced.Reader.WaitToReadAsync(cancellation))
        {
            List<(AuditEntry Entry, TaskCompletionSource Done)> batch = [];
            while (batch.Count < LargestBatch && _announced.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            await SettleAsync(batch);
        }
    }

    private async Task WriteOutcomesInTimeAsync(CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(_interval, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            await WriteOutcomesAsync(cancellation);
        }
    }

    private async Task SettleAsync(List<(AuditEntry Entry, TaskCompletionSource Done)> batch)
    {
        try
        {
            await SubmitAsync(batch.Select(one => one.Entry), CancellationToken.None);
            batch.ForEach(one => one.Done.TrySetResult());
        }
        catch (Exception exception)
        {
            // Told to those who wait: what cannot be written down is not done.
            batch.ForEach(one => one.Done.TrySetException(exception));
        }
    }

    /// <summary>Whole rows under keys of their own: written twice they are the same, and none can make the batch fail for another.</summary>
    private Task SubmitAsync(IEnumerable<AuditEntry> entries, CancellationToken cancellation) => storage.Audit.SubmitTransactionAsync(
        entries.Select(entry => new TableTransactionAction(TableTransactionActionType.UpsertReplace, AuditRows.Write(entry))), cancellation);

    [LoggerMessage(1, LogLevel.Warning, "Outcomes could not be written to the audit log; they are kept for the next try")]
    private static partial void NotWritten(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The outcome of {Action} is lost to the audit log: storage has been away for too long")]
    private static partial void OutcomeLost(ILogger logger, string action);
}
