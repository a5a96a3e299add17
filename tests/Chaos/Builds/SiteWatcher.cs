using System.Collections.Concurrent;
using System.Net;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds;

/// <summary>
/// Visitors of each host who reload the sites all the time and remember which pages came after which. A host hears of another's switch within a second,
/// so only the pages of one host have an order.
/// </summary>
internal sealed class SiteWatcher(PatientClient client, Fleet fleet, Findings findings)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<(string App, RunningBroker Host), List<string>> _seen = new();

    public async Task WatchAsync(IReadOnlyList<string> apps, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                foreach (var look in apps.SelectMany(_ => fleet.Hosts, (app, host) => (app, host)))
                {
                    await LookAsync(look, stop);
                }

                await Task.Delay(_pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Seen enough.
        }
    }

    /// <param name="history">The pages in the order in which they were made live.</param>
    public void Check(string app, IReadOnlyList<string> history, Action<bool, string> check)
    {
        foreach (var pages in fleet.Hosts.Select(host => _seen.GetValueOrDefault((app, host), [])))
        {
            Check(pages, history, check);
        }
    }

    private static void Check(List<string> pages, IReadOnlyList<string> history, Action<bool, string> check)
    {
        var place = 0;
        foreach (var page in pages)
        {
            while (place < history.Count && history[place] != page)
            {
                place++;
            }

            if (place == history.Count)
            {
                check(false, $"a visitor saw '{page.Trim()}', which history does not have there: {string.Join(", ", pages.Select(one => one.Trim()))}");
                return;
            }
        }
    }

    private async Task LookAsync((string App, RunningBroker Host) look, CancellationToken stop)
    {
        var seen = _seen.GetOrAdd(look, _ => []);
        HttpStatusCode[] expected = seen.Count == 0 ? [HttpStatusCode.OK, HttpStatusCode.NotFound] : [HttpStatusCode.OK];
        if (await client.TryAsync("visit", () => new(HttpMethod.Get, $"/sites/{look.App}/"), expected, stop, look.Host) is { IsSuccess: true } answer && seen.LastOrDefault() != answer.Body)
        {
            seen.Add(answer.Body);
            findings.Count("new pages seen by visitors");
        }
    }
}
