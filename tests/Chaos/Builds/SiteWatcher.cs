using System.Collections.Concurrent;
using System.Net;

namespace BuildFunctions.Chaos.Builds;

/// <summary>A visitor who reloads the sites all the time and remembers which pages came after which.</summary>
internal sealed class SiteWatcher(PatientClient client, Findings findings)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, List<string>> _seen = new();

    public async Task WatchAsync(IReadOnlyList<string> apps, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                foreach (var app in apps)
                {
                    await LookAsync(app, stop);
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
        var place = 0;
        foreach (var page in _seen.GetValueOrDefault(app, []))
        {
            while (place < history.Count && history[place] != page)
            {
                place++;
            }

            if (place == history.Count)
            {
                check(false, $"a visitor saw '{page.Trim()}', which history does not have there: {string.Join(", ", _seen[app].Select(one => one.Trim()))}");
                return;
            }
        }
    }

    private async Task LookAsync(string app, CancellationToken stop)
    {
        var seen = _seen.GetOrAdd(app, _ => []);
        HttpStatusCode[] expected = seen.Count == 0 ? [HttpStatusCode.OK, HttpStatusCode.NotFound] : [HttpStatusCode.OK];
        if (await client.TryAsync("visit", () => new(HttpMethod.Get, $"/sites/{app}/"), expected, stop) is { IsSuccess: true } answer && seen.LastOrDefault() != answer.Body)
        {
            seen.Add(answer.Body);
            findings.Count("new pages seen by visitors");
        }
    }
}
