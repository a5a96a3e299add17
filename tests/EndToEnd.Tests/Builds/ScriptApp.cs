using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace BuildFunctions.EndToEnd.Tests.Builds;

/// <summary>An app whose build is a shell script that needs nothing else: it says outside that it runs, and waits until it may end.</summary>
public sealed class ScriptApp
{
    private readonly string _runs;
    private readonly string _gate;

    public ScriptApp(string scratch, string name, string page = "first", int exitCode = 0, bool open = false)
    {
        Name = name;
        Folder = Path.Combine(scratch, name);
        _runs = Path.Combine(scratch, $"{name}.runs");
        _gate = Path.Combine(scratch, $"{name}.gate");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "app.json"), JsonSerializer.Serialize(new { name, build = new { command = "sh make.sh", output = "out" } }));
        Write(page, exitCode);
        if (open)
        {
            Open();
        }
    }

    public string Name { get; }

    public string Folder { get; }

    public int Runs => File.Exists(_runs) ? File.ReadLines(_runs).Count() : 0;

    /// <summary>What the script says, line by line.</summary>
    public static IEnumerable<string> Lines => Enumerable.Range(1, 300).Select(number => $"line {number} of 300");

    public void Open() => File.WriteAllText(_gate, "");

    public void Write(string page, int exitCode = 0) => File.WriteAllText(
        Path.Combine(Folder, "make.sh"),
        $"""
        echo run >> '{_runs}'
        i=1
        while [ $i -le 150 ]; do echo "line $i of 300"; i=$((i + 1)); done
        while [ ! -e '{_gate}' ]; do sleep 0.05; done
        while [ $i -le 300 ]; do echo "line $i of 300"; i=$((i + 1)); done
        mkdir -p out
        echo '<!doctype html><title>{page}</title><h1>{page}</h1>' > out/index.html
        exit {exitCode}

        """);

    public async Task<byte[]> ArchiveAsync()
    {
        using var archive = new MemoryStream();
        await using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            await TarFile.CreateFromDirectoryAsync(Folder, gzip, includeBaseDirectory: false);
        }

        return archive.ToArray();
    }
}
