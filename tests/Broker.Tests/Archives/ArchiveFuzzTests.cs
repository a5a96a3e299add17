using System.Text;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Failures;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class ArchiveFuzzTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("bf-fuzz-");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_archive_changed_anywhere_is_read_or_refused_and_never_leaves_its_folder(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var round = 0; round < 300; round++)
        {
            var target = Path.Combine(_root.FullName, $"{round}", "inside");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                await SourceExtractor.ExtractAsync(new MemoryStream(Changed(Sample().Tar(), random)), target, ArchiveOptions.Source, default);
                read++;
                Assert.All(Directory.EnumerateFileSystemEntries(target, "*", SearchOption.AllDirectories), StaysInside);
            }
            catch (RejectedException)
            {
                Assert.False(Directory.Exists(target));
            }

            Assert.True(new HashSet<string>(["inside"]).IsSupersetOf(new DirectoryInfo(Path.GetDirectoryName(target)!).EnumerateFileSystemInfos().Select(entry => entry.Name)));
        }

        // Both sides are met, or the changes say nothing.
        Assert.InRange(read, 1, 299);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static void StaysInside(string path)
    {
        if (new FileInfo(path).LinkTarget is { } link)
        {
            var inside = path[..(path.IndexOf("/inside/", StringComparison.Ordinal) + "/inside".Length)];
            Assert.StartsWith(inside, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, link)), StringComparison.Ordinal);
        }
    }

    private static TarBuilder Sample() => new TarBuilder()
        .Folder("src").File("src/index.html", "<p>hello").Link("link", "src/index.html").HardLink("copy", "src/index.html")
        .Pax(("path", "src/" + new string('n', 120)), ("mtime", "1.5")).File("short", "long").LongName("deep/" + new string('m', 120)).File("other", new string('z', 1500));

    /// <summary>A few bytes, a block, a field of a header that is sealed again, or a cut.</summary>
    private static byte[] Changed(byte[] tar, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var block = random.Next(tar.Length / 512) * 512;
            switch (random.Next(5))
            {
                case 0:
                    tar[random.Next(tar.Length)] = (byte)random.Next(256);
                    break;
                case 1:
                    tar = tar[..random.Next(1, tar.Length)];
                    return tar;
                case 2:
                    Array.Copy(tar, random.Next(tar.Length / 512) * 512, tar, block, 512);
                    break;
                default:
                    var field = random.Next(5) switch { 0 => (0, "../x"), 1 => (124, "77777777777"), 2 => (156, $"{(char)random.Next(48, 128)}"), 3 => (157, "/etc"), _ => (345, "..") };
                    Encoding.ASCII.GetBytes(field.Item2).CopyTo(tar, block + field.Item1);
                    TarBuilder.Sealed(tar[block..(block + 512)]).CopyTo(tar, block);
                    break;
            }
        }

        return tar;
    }
}
