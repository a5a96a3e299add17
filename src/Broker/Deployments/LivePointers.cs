using System.Collections.Concurrent;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Deployments;

/// <summary>Live pointers as requests see them: at most a second old, at once after a switch by this process, the last known when storage is in trouble.</summary>
public sealed partial class LivePointers(IDeploymentStore store, TimeProvider time, ILogger<LivePointers> logger)
{
    // Names come from outside; those that are no app must not fill the memory.
    private const int MaxApps = 10_000;
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<AppName, Known> _known = new();

    public ValueTask<LivePointer?> GetAsync(AppName app, CancellationToken cancellation) =>
        _known.TryGetValue(app, out var known) && time.GetElapsedTime(known.At) < _fresh ? new(known.Pointer) : new(ReadAsync(app, known, cancellation));

    internal void Set(LivePointer pointer) =>
        _known.AddOrUpdate(pointer.App, _ => new(pointer, time.GetTimestamp()), (_, known) => Newer(known.Pointer, pointer) ? known : new(pointer, time.GetTimestamp()));

    internal void Forget(AppName app) => _known.TryRemove(app, out _);

    private async Task<LivePointer?> ReadAsync(AppName app, Known? known, CancellationToken cancellation)
    {
        var at = time.GetTimestamp();
        LivePointer? pointer;
        try
        {
            pointer = await store.LiveAsync(app, cancellation);
            if (pointer is null && known?.Pointer is not null && (await store.HistoryAsync(app, 1, cancellation)).Count == 0)
            {
                // The app was removed, and its history before its pointer.
                Forget(app);
            }
            else if (pointer is null && known?.Pointer is not null)
            {
                LogLost(app);
                pointer = known.Pointer;
            }
        }
        catch (Exception fault) when (known?.Pointer is not null && fault is not OperationCanceledException)
        {
            LogUnreadable(fault, app);
            pointer = known.Pointer;
        }

        Remember(app, new(pointer, at));
        return pointer;
    }

    // A read that began before a switch must not undo it.
    private void Remember(AppName app, Known read)
    {
        if (_known.Count >= MaxApps)
        {
            _known.Clear();
        }

        _known.AddOrUpdate(app, read, (_, known) => Newer(known.Pointer, read.Pointer) ? known : read);
    }

    private static bool Newer(LivePointer? known, LivePointer? other) => known is not null && (other is null || known.Sequence.CompareTo(other.Sequence) > 0);

    [LoggerMessage(Level = LogLevel.Error, Message = "The live pointer of {App} is gone; the last known release is served until it is repaired")]
    private partial void LogLost(AppName app);

    [LoggerMessage(Level = LogLevel.Error, Message = "The live pointer of {App} cannot be read; the last known release is served")]
    private partial void LogUnreadable(Exception fault, AppName app);

    private sealed record Known(LivePointer? Pointer, long At);
}
