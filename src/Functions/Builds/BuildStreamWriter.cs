using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Reading;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Builds;

/// <summary>Writes a build's log and record as server-sent events until the build has ended. Resuming from the last log event's id misses and repeats nothing.</summary>
public sealed class BuildStreamWriter(BuildReader builds, BuildChanges changes, BuildWait wait, BuildLogReader logs)
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(15);

    public async Task WriteAsync(BuildId build, long from, HttpResponse response, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, wait.Stopping);
        var events = Channel.CreateBounded<byte[]>(64);
        var log = PumpLogAsync(build, from, events.Writer, stop.Token);
        var status = PumpStatusAsync(build, log, events.Writer, stop.Token);
        try
        {
            await DrainAsync(events.Reader, response, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(log, status).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Cut without an end event, the reader opens the stream again, at the next host if this one stops.
        if (!wait.Stopping.IsCancellationRequested)
        {
            await status;
        }
    }

    private async Task PumpLogAsync(BuildId build, long from, ChannelWriter<byte[]> events, CancellationToken cancellation)
    {
        await foreach (var chunk in logs.FollowAsync(build, from, cancellation))
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(chunk.Text.Span), WireJson.Default.String);
            await events.WriteAsync(Event(BuildStreamEvent.Log, text, chunk.End), cancellation);
        }
    }

    /// <summary>The record whenever it changes; the end only after the last of the log.</summary>
    private async Task PumpStatusAsync(BuildId id, Task log, ChannelWriter<byte[]> events, CancellationToken cancellation)
    {
        try
        {
            Build? shown = null;
            while (true)
            {
                var change = changes.Next(id);
                var build = await builds.FindAsync(id, cancellation) ?? throw new InvalidOperationException($"The record of {id} is gone.");
                if (build.Status.IsFinal())
                {
                    changes.Forget(id, change);
                    await log;
                    await events.WriteAsync(Event(BuildStreamEvent.End, Json(build)), cancellation);
                    return;
                }

                if (shown is null || Json(shown).AsSpan().SequenceEqual(Json(build)) is false)
                {
                    await events.WriteAsync(Event(BuildStreamEvent.Status, Json(build)), cancellation);
                    shown = build;
                }

                await wait.NextAsync(change, cancellation);
                if (log.IsFaulted)
                {
                    await log;
                }
            }
        }
        finally
        {
            events.Complete();
        }
    }

    private static async Task DrainAsync(ChannelReader<byte[]> events, HttpResponse response, CancellationToken cancellation)
    {
        while (true)
        {
            var more = events.WaitToReadAsync(cancellation).AsTask();
            while (!await IsSoonAsync(more, cancellation))
            {
                await response.Body.WriteAsync(": still here\n\n"u8.ToArray(), cancellation);
                await response.Body.FlushAsync(cancellation);
            }

            if (!await more)
            {
                return;
            }

            while (events.TryRead(out var item))
            {
                await response.Body.WriteAsync(item, cancellation);
            }

            await response.Body.FlushAsync(cancellation);
        }
    }

    private static async Task<bool> IsSoonAsync(Task task, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var first = await Task.WhenAny(task, Task.Delay(_heartbeat, stop.Token));
        await stop.CancelAsync();
        return first == task;
    }

    private static byte[] Json(Build build) => JsonSerializer.SerializeToUtf8Bytes(build, ContractsJson.Default.Build);

    private static byte[] Event(string name, byte[] data, long? id = null)
    {
        ArrayBufferWriter<byte> buffer = new(data.Length + 64);
        buffer.Write(Encoding.UTF8.GetBytes($"event: {name}\n{(id is { } number ? string.Create(CultureInfo.InvariantCulture, $"id: {number}\n") : "")}data: "));
        buffer.Write(data);
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
