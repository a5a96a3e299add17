using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.BlackBox.Sites;

/// <summary>One site of all kinds of files, deployed once for the tests that only look.</summary>
public sealed class DeployedSite : IAsyncLifetime
{
    public static byte[] Film { get; } = MakeFilm();

    public static string Script { get; } = string.Concat(Enumerable.Repeat("console.log('hello');\n", 200));

    public TestBroker Broker { get; private set; } = null!;

    public string App { get; } = Api.NewApp();

    public async Task InitializeAsync()
    {
        Broker = await Brokers.UsualBroker;
        var build = await Broker.Http.TriggerAsync(new BuildRequest { App = App, NoBuild = true });
        (await Broker.Http.UploadAsync(build, Archive())).Dispose();
        var ended = await Broker.Http.EndOfAsync(build);
        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, content) in new[]
            {
                ("index.html", "home"), ("about.html", "about"), ("docs/index.html", "docs"), ("404.html", "lost"), ("assets/index-DiwrgTda.js", Script), (".well-known/x.txt", "known"),
            })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }

            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "film.mp4") { DataStream = new MemoryStream(Film) });
        }

        return bytes.ToArray();
    }

    private static byte[] MakeFilm()
    {
        var film = new byte[2_000_000];
        new Random(7).NextBytes(film);
        return film;
    }
}
