using System.Collections.Concurrent;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Deployments;

/// <summary>Live pointers as requests see them: at most a second old, at once after a switch by this process, the last known when storage is in trouble.</summary>
public sealed partial class LivePointers(IDeploymentStore store, TimeProvider time, ILogger<LivePointers> logger)
{
    private const int MaxApps = 10_000;

    // Names come from outside. Those that lead nowhere have a place of their own, so that no number of them drives out what is live.
    private const int MaxUnknown = 1000;
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<AppName, Known> _known = new();
    private readonly ConcurrentDictionary<AppName, long> _unknown = new();

    public ValueTask<LivePointer?> GetAsync(AppName app, CancellationToken cancellation) =>
        _known.TryGetValue(app, out var known) ? IsFresh(known.At) ? new(known.Pointer) : new(ReadAsync(app, known.Pointer, cancellation))
        : _unknown.TryGetValue(app, out var at) && IsFresh(at) ? new((LivePointer?)null)
        : new(ReadAsync(app, null, cancellation));

    internal void Set(LivePointer pointer) => Remember(new(pointer, time.GetTimestamp()));

    internal void Forget(AppName app) => _known.TryRemove(app, out _);

    private bool IsFresh(long at) => time.GetElapsedTime(at) < _fresh;

    private async Task<LivePointer?> ReadAsync(AppName app, LivePointer? known, CancellationToken cancellation)
    {
        var at = time.GetTimestamp();
        LivePointer? pointer;
        try
        {
            pointer = await store.LiveAsync(app, cancellation);
            if (pointer is null && known is not null && (await store.HistoryAsync(app, 1, cancellation)).Count == 0)
            {
                // The app was removed, and its history before its pointer.
                Forget(app);
            }
            else if (pointer is null && known is not null)
            {
                LogLost(app);
                pointer = known;
            }
        }
        catch (Exception fault) when (known is not null && fault is not OperationCanceledException)
        {
            LogUnreadable(fault, app);
            pointer = known;
        }

        if (pointer is null)
        {
            RememberUnknown(app, at);
        }
        else
        {
            Remember(new(pointer, at));
        }

        return pointer;
    }

    // A read that began before a switch must not undo it.
    private void Remember(Known read)
    {
        if (_known.Count >= MaxApps)
        {
            _known.Clear();
        }

        _known.AddOrUpdate(read.Pointer.App, read, (_, known) => known.Pointer.Sequence.CompareTo(read.Pointer.Sequence) > 0 ? known : read);
    }

    private void RememberUnknown(AppName app, long at)
    {
        if (_unknown.Count >= MaxUnknown)
        {
            _unknown.Clear();
        }

        _unknown[app] = at;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The live pointer of {App} is gone; the last known release is served until it is repaired")]
    private partial void LogLost(AppName app);

    [LoggerMessage(Level = LogLevel.Error, Message = "The live pointer of {App} cannot be read; the last known release is served")]
    private partial void LogUnreadable(Exception fault, AppName app);

    private sealed record Known(LivePointer Pointer, long At);
}
