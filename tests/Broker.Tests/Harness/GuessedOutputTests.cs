using System.Formats.Tar;
using System.IO.Compression;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Tests.Harness;

/// <summary>Where the output folder is a guess, the run takes the folder that the build made and that holds an index page.</summary>
public sealed class GuessedOutputTests : IDisposable
{
    private readonly HarnessRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("mkdir -p site/sub; echo home > site/index.html; echo sub > site/sub/index.html", "site")]
    [InlineData("mkdir -p build/client; echo home > build/client/index.html", "build/client")]
    [InlineData("mkdir -p .output/public; echo home > .output/public/index.html", ".output/public")]
    [InlineData("mkdir dist a; echo x > dist/server.js; echo home > a/index.html", "a")]
    [InlineData("mkdir './-rf it'; echo home > './-rf it/index.html'", "-rf it")]
    [InlineData(
        "mkdir -p node_modules/x coverage .cache site; for one in node_modules/x coverage .cache site; do echo home > $one/index.html; done", "site")]
    public async Task The_folder_with_an_index_page_that_the_build_made_is_taken(string command, string folder)
    {
        var result = await _run.With("index.html", "source").With("public/index.html", "source")
            .RunAsync(request => request with { Command = command, OutputIsGuess = true });

        Assert.True(result.State == RunState.Succeeded, $"{result.Reason} {_run.Log}");
        Assert.Equal(folder, result.Output);
        Assert.Equal("home\n", await HomeAsync());
        Assert.Contains($"The output folder dist was a guess. The build made {folder}, which holds an index.html", _run.Log,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkdir -p dist other; echo home > dist/index.html; echo other > other/index.html")]
    [InlineData("mkdir -p dist; echo home > dist/index.html")]
    public async Task A_guess_that_was_right_stays(string command)
    {
        var result = await _run.RunAsync(request => request with { Command = command, OutputIsGuess = true });

        Assert.Equal((RunState.Succeeded, null), (result.State, result.Output));
        Assert.Equal("home\n", await HomeAsync());
        Assert.DoesNotContain("guess", _run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkdir site; echo home > site/index.html", "site")]
    [InlineData("sleep 0.1; echo home > dist/index.html", null)]
    [InlineData("echo home > page.txt", null)]
    public async Task A_page_that_came_with_the_source_does_not_prove_the_guess(string command, string? folder)
    {
        var result = await _run.With("dist/index.html", "home\n").RunAsync(request => request with { Command = command, OutputIsGuess = true });

        Assert.Equal((RunState.Succeeded, folder), (result.State, result.Output));
        Assert.Equal("home\n", await HomeAsync());
    }

    [Fact]
    public async Task Several_folders_are_named_and_none_is_taken()
    {
        var result = await _run.RunAsync(
            request => request with { Command = "mkdir a b; echo x > a/index.html; echo x > b/index.html", OutputIsGuess = true });

        Assert.Equal((RunState.Failed, "pack", null), (result.State, result.Step, result.Output));
        Assert.Contains("several folders with an index.html: a, b", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guess_without_an_index_page_is_taken_where_there_is_nothing_better()
    {
        var result = await _run.RunAsync(request => request with { Command = "mkdir dist; echo x > dist/feed.xml", OutputIsGuess = true });
        Assert.Equal((RunState.Succeeded, null), (result.State, result.Output));
    }

    [Fact]
    public async Task An_output_that_was_asked_for_is_not_replaced()
    {
        var result = await _run.RunAsync(request => request with { Command = "mkdir site; echo x > site/index.html" });
        Assert.Equal((RunState.Failed, "pack"), (result.State, result.Step));
    }

    [Theory]
    [InlineData("ln -s /etc out; mkdir 'a\nb'; echo x > 'a\nb/index.html'")]
    [InlineData(
        "mkdir /tmp/guess-$BUILDFUNCTIONS_RUN; echo x > /tmp/guess-$BUILDFUNCTIONS_RUN/index.html; ln -s /tmp/guess-$BUILDFUNCTIONS_RUN out")]
    public async Task Links_and_names_over_several_lines_are_no_sites(string command)
    {
        var result = await _run.RunAsync(request => request with { Command = command, OutputIsGuess = true });
        Assert.Equal((RunState.Failed, null), (result.State, result.Output));
        Assert.Contains("does not exist", result.Reason, StringComparison.Ordinal);
    }

    private async Task<string> HomeAsync()
    {
        await using var gzip = new GZipStream(File.OpenRead(_run.Artifact), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name == "./index.html")
            {
                using var reader = new StreamReader(entry.DataStream!);
                return await reader.ReadToEndAsync();
            }
        }

        return "";
    }
}
