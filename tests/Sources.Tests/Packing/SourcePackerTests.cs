using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Sources.Packing;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Tests.Packing;

[UnsupportedOSPlatform("windows")]
public sealed class SourcePackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _out = new();

    [Fact]
    public async Task The_same_tree_gives_the_same_bytes_whatever_the_times_and_the_order()
    {
        Fill(_folder, ["b/two.txt", "a.txt", "b/one.txt"]);
        using var other = new TemporaryFolder();
        Fill(other, ["b/one.txt", "b/two.txt", "a.txt"]);
        File.SetLastWriteTimeUtc(other["a.txt"], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var (first, firstBytes) = await PackAsync(_folder.Path);
        var (second, secondBytes) = await PackAsync(other.Path);

        Assert.Equal(firstBytes, secondBytes);
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(firstBytes)), first.Sha256);
        Assert.Equal(firstBytes.Length, first.Size);
    }

    [Fact]
    public async Task Tar_unpacks_long_names_links_modes_and_files_larger_than_a_block()
    {
        var deep = string.Join('/', Enumerable.Repeat("a-folder-with-a-name", 9)) + "/ünï.txt";
        _folder.Write(deep, "deep");
        _folder.Write("empty.txt", "");
        var noise = RandomNumberGenerator.GetBytes(3_500_001);
        File.WriteAllBytes(_folder["noise.bin"], noise);
        File.SetUnixFileMode(_folder.Write("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_folder["link"], deep);

        var (packed, bytes) = await PackAsync(_folder.Path);
        File.WriteAllBytes(_out["source.tgz"], bytes);
        _out.Run("tar", "xzf", "source.tgz");

        Assert.Equal(5, packed.Files);
        Assert.Equal("deep", File.ReadAllText(_out[deep]));
        Assert.Equal("deep", File.ReadAllText(_out["link"]));
        Assert.Equal(noise, File.ReadAllBytes(_out["noise.bin"]));
        Assert.Equal(0, new FileInfo(_out["empty.txt"]).Length);
        Assert.True(File.GetUnixFileMode(_out["run.sh"]).HasFlag(UnixFileMode.OtherExecute));
        Assert.False(File.GetUnixFileMode(_out["empty.txt"]).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Secrets_repository_data_and_excluded_files_stay_behind_and_are_named()
    {
        foreach (var path in new[] { ".env", ".env.production", "sub/.ENV.local", ".git/config", "node_modules/x/index.js", "notes/a.md", "keep.txt", "log.txt" })
        {
            _folder.Write(path);
        }

        _folder.Write(".gitignore", "log.txt\n!.env\n");
        var (packed, bytes) = await PackAsync(_folder.Path, new PackOptions { Exclude = ["notes/"] });

        Assert.Equal([".gitignore", "keep.txt"], Names(bytes));
        Assert.Equal([".env", ".env.production", ".git", "log.txt", "node_modules", "notes", "sub/.ENV.local"], packed.Skipped.Select(skipped => skipped.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bfignore_adds_to_gitignore_and_can_take_back_what_it_ignores()
    {
        _folder.Write(".gitignore", "generated.js\n");
        _folder.Write(".bfignore", "!generated.js\n*.psd\n");
        _folder.Write("generated.js");
        _folder.Write("art.psd");

        var (_, bytes) = await PackAsync(_folder.Path);

        Assert.Contains("generated.js", Names(bytes));
        Assert.DoesNotContain("art.psd", Names(bytes));
    }

    [Fact]
    public void A_linked_gitignore_is_no_ignore_file_as_for_git()
    {
        _folder.Write("rules", "*.log\n");
        _folder.Write("a.log");
        File.CreateSymbolicLink(_folder[".gitignore"], "rules");

        Assert.Equal([".gitignore", "a.log", "rules"], DirectoryWalk.List(_folder.Path, []).Entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task A_linked_bfignore_is_refused_since_what_it_is_to_keep_would_be_sent()
    {
        _folder.Write("rules", "*.key\n");
        _folder.Write("a.key");
        File.CreateSymbolicLink(_folder[".bfignore"], "rules");

        Assert.Contains(".bfignore: is a link", Assert.Single((await RefusedAsync(new PackOptions())).Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_with_thousands_of_rules_is_refused()
    {
        _folder.Write(".bfignore", string.Concat(Enumerable.Range(0, 600).Select(i => $"{i}\n")));
        _folder.Write("a/.bfignore", string.Concat(Enumerable.Range(0, 600).Select(i => $"{i}\n")));
        _folder.Write("a/a.txt");

        Assert.Contains("more than 1000 rules", Assert.Single((await RefusedAsync(new PackOptions { Committed = true })).Details), StringComparison.Ordinal);
        _folder.Write(".bfignore", new string('x', 70_000));
        Assert.Contains("is larger than", Assert.Single((await RefusedAsync(new PackOptions { Committed = true })).Details), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_inside_a_repository_obeys_the_rules_above_it_unless_it_is_ignored_itself()
    {
        Directory.CreateDirectory(_folder[".git"]);
        _folder.Write(".gitignore", "*.log\ndist/\n");
        _folder.Write("apps/web/a.log");
        _folder.Write("apps/web/index.html");
        _folder.Write("dist/index.html");

        Assert.Equal(["index.html"], DirectoryWalk.List(_folder["apps/web"], []).Entries.Select(entry => entry.Path));
        Assert.Equal(["index.html"], DirectoryWalk.List(_folder["dist"], []).Entries.Select(entry => entry.Path));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("sub/../../outside")]
    public async Task A_link_that_leaves_the_folder_is_refused_by_name(string target)
    {
        _folder.Write("sub/a.txt");
        File.CreateSymbolicLink(_folder["escape"], target);

        var refusal = await RefusedAsync(new PackOptions());

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Contains("escape", Assert.Single(refusal.Details));
    }

    [Fact]
    public async Task Names_that_not_every_system_can_hold_are_refused_before_anything_is_written()
    {
        _folder.Write("Readme.md");
        _folder.Write("README.md");
        _folder.Write("a\nb.txt");
        _folder.Write("c\\d.txt");
        using var output = new MemoryStream();

        var refusal = Assert.IsType<PackRefusal>(await SourcePacker.PackAsync(_folder.Path, output, new PackOptions(), CancellationToken.None));

        Assert.Equal(3, refusal.Details.Count);
        Assert.Contains(refusal.Details, detail => detail.Contains("README.md and Readme.md"));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Past_the_limit_the_biggest_folders_are_named()
    {
        Directory.CreateDirectory(_folder["videos/raw"]);
        File.WriteAllBytes(_folder["videos/raw/a.bin"], RandomNumberGenerator.GetBytes(4_000_000));
        _folder.Write("index.html");

        var refusal = await RefusedAsync(new PackOptions { Limit = 1_000_000 });

        Assert.Equal(ErrorCode.SourceTooLarge, refusal.Code);
        Assert.Equal(1_000_000, refusal.Limit);
        Assert.Contains("larger than 1.0 MB", refusal.Message);
        Assert.StartsWith("4.0 MB in videos/raw/", refusal.Details[0]);
        Assert.Contains("4.0 MB is videos/raw/a.bin", refusal.Details);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_named_before_anything_is_packed()
    {
        File.WriteAllBytes(_folder["film.bin"], new byte[3_000_000]);
        _folder.Write("index.html");

        var refusal = await RefusedAsync(new PackOptions { FileLimit = 1_000_000 });

        Assert.Equal((ErrorCode.SourceTooLarge, 1_000_000, true), (refusal.Code, refusal.Limit, refusal.IsOfOneFile));
        Assert.Contains("larger than 1.0 MB", refusal.Message);
        Assert.Equal("3.0 MB is film.bin", refusal.Details[0]);
    }

    [Fact]
    public async Task All_files_that_cannot_be_read_are_named_at_once()
    {
        Fill(_folder, ["a.txt", "b.txt", "c.txt"]);
        var listing = DirectoryWalk.List(_folder.Path, []);
        File.Delete(_folder["a.txt"]);
        File.Delete(_folder["c.txt"]);

        var refusal = Assert.IsType<PackRefusal>(await SourcePacker.PackAsync(_folder.Path, listing, Stream.Null, new PackOptions(), CancellationToken.None));

        Assert.Equal(["a.txt", "c.txt"], refusal.Details.Select(detail => detail.Split(':')[0]));
    }

    [Fact]
    public async Task A_pipe_does_not_block_packing()
    {
        _folder.Write("a.txt");
        _folder.Run("mkfifo", "pipe");

        var (packed, _) = await PackAsync(_folder.Path);

        Assert.Equal(2, packed.Files);
    }

    [Fact]
    public async Task Nothing_to_send_is_said_to_be_so()
    {
        _folder.Write(".env");
        Assert.Contains(".env", (await RefusedAsync(new PackOptions())).ToString());
    }

    [Fact]
    public async Task A_failing_receiver_is_not_taken_for_an_unreadable_file()
    {
        File.WriteAllBytes(_folder["big.bin"], RandomNumberGenerator.GetBytes(9_000_000));
        using var full = new MemoryStream(new byte[10], writable: true);

        await Assert.ThrowsAsync<NotSupportedException>(() => SourcePacker.PackAsync(_folder.Path, full, new PackOptions(), CancellationToken.None));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _out.Dispose();
    }

    private static void Fill(TemporaryFolder folder, string[] paths) => Array.ForEach(paths, path => folder.Write(path, "text of " + path));

    private static async Task<(PackedSource Packed, byte[] Bytes)> PackAsync(string folder, PackOptions? options = null)
    {
        using var output = new MemoryStream();
        var result = await SourcePacker.PackAsync(folder, output, options ?? new PackOptions(), CancellationToken.None);
        return (Assert.IsType<PackedSource>(result), output.ToArray());
    }

    private static List<string> Names(byte[] tarGz)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(tarGz), CompressionMode.Decompress));
        List<string> names = [];
        while (tar.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private async Task<PackRefusal> RefusedAsync(PackOptions options) =>
        Assert.IsType<PackRefusal>(await SourcePacker.PackAsync(_folder.Path, Stream.Null, options, CancellationToken.None));
}
