using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Tokens;

/// <summary>When each token was used last: noted in memory, written once a minute and when the host has stopped serving.</summary>
public sealed partial class TokenUse(TokenStore tokens, TimeProvider clock, ILogger<TokenUse> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    public void Note(AccessToken token) => _seen[token.Hash] = clock.GetUtcNow();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => WriteAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last uses are written when nothing is served any more.
        }
    }

    internal async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var use in _seen)
        {
            try
            {
                await tokens.NoteUseAsync(use.Key, use.Value, cancellation);
                _seen.TryRemove(use);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Kept for the next minute.
                NotWritten(logger, exception);
                return;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "When tokens were used last could not be written")]
    private static partial void NotWritten(ILogger logger, Exception exception);
}
