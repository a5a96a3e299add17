using Microsoft.Playwright;

namespace BuildFunctions.EndToEnd.Tests.Browser;

/// <summary>The system's Chromium, without a window; Playwright only drives it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("BF_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = _arguments,
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A page of its own profile, that remembers what went wrong on it.</summary>
    public async Task<WatchedPage> OpenAsync(string url)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1000, Height = 640 } });
        var page = new WatchedPage(await context.NewPageAsync());
        await page.GoAsync(url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
