using System.Diagnostics;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Bench;

// Packing a tree of 20,000 files against git and tar doing the same.
internal static class PackBench
{
    private const int Files = 20_000;
    private const int Rounds = 3;

    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("bf-pack-bench-");
        try
        {
            Grow(folder.FullName);
            await RunAsync("git", ["init", "-q"], folder.FullName);
            for (var round = 0; round < Rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                await using var packed = File.Create(Path.Combine(Path.GetTempPath(), folder.Name + ".bf.tgz"), 1, FileOptions.DeleteOnClose);
                var result = await SourcePacker.PackAsync(folder.FullName, packed, new PackOptions(), CancellationToken.None);
                var ours = clock.Elapsed;
                if (result is not PackedSource source)
                {
                    throw new InvalidOperationException(result.ToString());
                }

                var archive = Path.Combine(Path.GetTempPath(), folder.Name + ".tgz");
                clock.Restart();
                await RunAsync("sh", ["-c", $"git ls-files -co --exclude-standard -z | tar --null -T - -czf {archive}"], folder.FullName);
                var theirs = clock.Elapsed;
                await output.WriteLineAsync($"{source.Files} files, {source.UnpackedSize / 1e6:0} MB: bf {ours.TotalSeconds:0.00} s, {source.Size / 1e6:0.0} MB · git | tar -z {theirs.TotalSeconds:0.00} s, {new FileInfo(archive).Length / 1e6:0.0} MB");
                File.Delete(archive);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Text that compresses about as well as source does.
    private static void Grow(string folder)
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, 4000).Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 11)).Select(_ => (char)random.Next('a', 'z' + 1))])).ToArray();
        for (var i = 0; i < Files; i++)
        {
            var path = Path.Combine(folder, $"package-{i % 40}", $"folder-{i % 400}", $"module-{i}.ts");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Join(' ', Enumerable.Range(0, random.Next(20, 1000)).Select(_ => words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))])));
        }

        File.WriteAllText(Path.Combine(folder, ".gitignore"), "*.log\ndist/\n/package-1/folder-1/module-1.ts\n");
    }

    private static async Task RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
