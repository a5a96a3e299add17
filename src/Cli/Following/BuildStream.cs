using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Following;

/// <summary>Follows a build until it is final, through broken connections and broker restarts, without losing or repeating a piece of its log.</summary>
internal sealed class BuildStream(BrokerHttp http)
{
    public async IAsyncEnumerable<BuildEvent> FollowAsync(BuildId id, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offset = from;
        for (var fruitless = 0; ; fruitless++)
        {
            if (fruitless > 0)
            {
                await Task.Delay(http.Patience.Delay(fruitless), http.Time, cancellationToken);
            }

            using var stream = await OpenAsync(id, offset, cancellationToken);
            await using var items = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(items, cancellationToken))
            {
                if (Read(items.Current) is not { } next || next.Offset <= offset)
                {
                    continue;
                }

                offset = next.Offset ?? offset;
                fruitless = next.Offset is null ? fruitless : -1;
                yield return next;
                if (next.Name == BuildStreamEvent.End)
                {
                    yield break;
                }
            }
        }
    }

    private Task<SilenceLimit> OpenAsync(BuildId id, long offset, CancellationToken cancellationToken) => http.SendAsync(
        new BrokerCall(HttpMethod.Get, $"api/builds/{id}/logs")
        {
            Prepare = request =>
            {
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
                if (offset > 0)
                {
                    request.Headers.Add("Last-Event-ID", offset.ToString(CultureInfo.InvariantCulture));
                }
            },
        },
        async (response, cancel) => new SilenceLimit(response, await response.Content.ReadAsStreamAsync(cancel), http.Patience.Silence, http.Time),
        limit: null,
        cancellationToken);

    /// <summary>False when the connection has ended, in whatever way.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> items, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // The caller opens it again, and tells if that fails.
            return false;
        }
    }

    private static BuildEvent? Read(SseItem<string> item) => item.EventType switch
    {
        BuildStreamEvent.Log => new BuildEvent
        {
            Name = item.EventType,
            Offset = long.Parse(item.EventId ?? "", NumberStyles.None, CultureInfo.InvariantCulture),
            Text = JsonSerializer.Deserialize(item.Data, ContractsJson.Default.String),
        },
        BuildStreamEvent.Status or BuildStreamEvent.End => new BuildEvent
        {
            Name = item.EventType,
            Build = JsonSerializer.Deserialize(item.Data, ContractsJson.Default.Build) ?? throw new JsonException("An event without a build."),
        },
        _ => null,
    };
}
