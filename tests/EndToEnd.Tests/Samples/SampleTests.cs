using BuildFunctions.EndToEnd.Tests.Broker;

namespace BuildFunctions.EndToEnd.Tests.Samples;

/// <summary>Every sample, built with the real package managers, as a visitor sees it.</summary>
public sealed class SampleTests(SampleFixture fixture) : IClassFixture<SampleFixture>
{
    [Theory]
    [InlineData("static", "Static", "No build. What is in the folder is what is served.")]
    [InlineData("vite-react", "Vite + React", "Built by BuildFunctions")]
    [InlineData("astro", "Astro", "Rendered to plain HTML at build time.")]
    [InlineData("next-export", "Next.js export", "Every route is a file; no server is needed.")]
    [InlineData("monorepo", "Monorepo", "apps/web, with its counter from packages/ui.")]
    public async Task Sample_is_deployed_and_works(string sample, string title, string text)
    {
        await using var visit = await fixture.Chromium.OpenAsync(Address(sample));
        Assert.Equal(title, await visit.Page.TitleAsync());
        Assert.Equal(title, await visit.Page.Locator("h1").InnerTextAsync());
        Assert.True(await visit.Page.GetByText(text).IsVisibleAsync());

        var button = visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button);
        Assert.Equal("count is 0", await button.InnerTextAsync());
        await button.ClickAsync();
        await button.ClickAsync();
        await visit.Page.GetByText("count is 2").WaitForAsync();

        await visit.SaveAsync(sample);
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("static")]
    [InlineData("astro")]
    public async Task Links_lead_to_the_other_page_and_back(string sample)
    {
        await using var visit = await fixture.Chromium.OpenAsync(Address(sample));
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "About" }).ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "About" }).WaitForAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Back" }).ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button).WaitForAsync();
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders/17/edit")]
    public async Task Single_page_app_answers_every_path(string path)
    {
        await using var visit = await fixture.Chromium.OpenAsync(Address("vite-react") + path);
        Assert.Equal(200, visit.Status);
        Assert.Equal("Vite + React", await visit.Page.Locator("h1").InnerTextAsync());
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("static", "Not here")]
    [InlineData("next-export", "404")]
    public async Task Unknown_path_gets_the_apps_own_404_page(string sample, string text)
    {
        await using var visit = await fixture.Chromium.OpenAsync(Address(sample) + "nowhere");
        Assert.Equal(404, visit.Status);
        Assert.True(await visit.Page.GetByText(text).First.IsVisibleAsync());
        await visit.SaveAsync($"{sample}-404");
    }

    [Fact]
    public async Task Same_tree_is_not_built_again()
    {
        _ = Address("vite-react");
        var again = await fixture.Bf.RunAsync("deploy", SampleFixture.Folder("vite-react"), "--json");
        Assert.Equal(0, again.Code);
        var build = System.Text.Json.JsonSerializer.Deserialize(again.Output, Contracts.ContractsJson.Default.Build)!;
        Assert.True(build.Cache?.Hit, build.Cache?.MissedBecause);
        Assert.Empty(build.Attempts);
    }

    private string Address(string sample)
    {
        var result = fixture.Deployed[sample];
        Assert.True(result.Code == 0, $"{result.Error}\n{fixture.Broker.Tail()}");
        return result.Output.TrimEnd('\n');
    }
}
