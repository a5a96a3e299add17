using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace BuildFunctions.Chaos.Builds;

/// <summary>
/// The source of a build: a script that leaves a line in a file outside, which no broker can take back, and prints numbered lines. The same case
/// gives the same bytes.
/// </summary>
internal sealed class CaseSource(BuildCase build, string effects)
{
    public static IEnumerable<string> Lines(BuildCase build) => Enumerable.Range(1, build.Lines).Select(number => $"line {number} of {build.Lines}");

    public static string Html(BuildCase build) => $"<!doctype html><title>{build.Page}</title><h1>{build.Page}</h1>\n";

    public IReadOnlyDictionary<string, byte[]> Files()
    {
        if (build.Kind == BuildKind.Plain)
        {
            return new Dictionary<string, byte[]> { ["index.html"] = Encoding.UTF8.GetBytes(Html(build)) };
        }

        var settings = new { name = build.App, build = new { command = "sh make.sh", output = "out" } };
        var files = new Dictionary<string, byte[]>
        {
            ["app.json"] = JsonSerializer.SerializeToUtf8Bytes(settings),
            ["make.sh"] = Encoding.UTF8.GetBytes(Script()),
        };
        if (build.Kind == BuildKind.Trickled)
        {
            // What does not shrink takes its time on the way.
            files["ballast.bin"] = new byte[200_000];
            new Random(build.Seed).NextBytes(files["ballast.bin"]);
        }

        return files;
    }

    public byte[] Archive()
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, content) in Files())
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return archive.ToArray();
    }

    private string Script() => FormattableString.Invariant(
        $"""
        echo "$BUILDFUNCTIONS_RUN" >> '{effects}'
        i=1
        while [ $i -le {build.Lines / 2} ]; do echo "line $i of {build.Lines}"; i=$((i + 1)); done
        sleep {build.Seconds:0.000}
        while [ $i -le {build.Lines} ]; do echo "line $i of {build.Lines}"; i=$((i + 1)); done
        mkdir -p out
        printf '%s\n' '{Html(build).TrimEnd('\n')}' > out/index.html
        exit {build.ExitCode}

        """);
}
