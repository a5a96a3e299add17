using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.Testing.Broker;
using Microsoft.Playwright;

namespace BuildFunctions.EndToEnd.Tests.Browser;

/// <summary>A page and everything that its console, its scripts and its requests complained of.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.RequestFailed += (_, request) => Note(true, $"request: {request.Url} {request.Failure}");
        page.Response += (_, answer) => Note(answer.Status >= 400, $"answer: {answer.Url} {answer.Status}");
    }

    public IPage Page { get; }

    public int Status { get; private set; }

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_faults)
            {
                return [.. _faults];
            }
        }
    }

    public async Task GoAsync(string url) => Status = (await Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.NetworkIdle }))!.Status;

    public Task SaveAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Published.Screenshots, $"{name}.png") });

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private void Note(bool isFault, string fault)
    {
        if (!isFault)
        {
            return;
        }

        lock (_faults)
        {
            _faults.Add(fault);
        }
    }
}
