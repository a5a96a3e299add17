using System.Formats.Tar;
using System.IO.Compression;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Tests.Harness;

public sealed class HarnessNameTests : IDisposable
{
    private readonly HarnessRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Names_that_look_like_options_are_names()
    {
        var result = await _run.With("-app/-rf", "text").RunAsync(request => request with
        {
            Root = "-app",
            Command = "mkdir ./--checkpoint-action=exec=false && cp ./-rf './--checkpoint-action=exec=false/--checkpoint=1'",
            Output = "--checkpoint-action=exec=false",
        });

        Assert.True(result.State == RunState.Succeeded, _run.Log);
        await using var gzip = new GZipStream(File.OpenRead(_run.Artifact), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        List<string> names = [];
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            names.Add(entry.Name);
        }

        Assert.Contains("./--checkpoint=1", names);
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(_run.Source, "-app", "-rf")));
    }
}
