using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using BuildFunctions.Testing;
using BuildFunctions.Testing.SecretScan;

namespace BuildFunctions.Broker.Tests.SecretScan;

/// <summary>The scanner can fail: whatever is planted where none may be, it finds, and it finds nothing else.</summary>
public sealed class SecretScannerTests
{
    // Not written down: these are planted on purpose.
    private static readonly Canary _canary = new("planted", "K7pQmZ3xVb8sWn2r\"$'/+ \\é%T4yHd9LcJf6gRa5e");
    private static readonly Canary _other = new("innocent", "Aq3Wd5Er7Tf9Yg2U-Hj4Ik6Ol8Pz3Xc5V");

    public static TheoryData<string, byte[]> Spellings
    {
        get
        {
            var (value, utf8, utf16) = (_canary.Value, Encoding.UTF8.GetBytes(_canary.Value), Encoding.Unicode.GetBytes(_canary.Value));
            var data = new TheoryData<string, byte[]>
            {
                { "raw", utf8 },
                { "UTF-16LE", utf16 },
                { "UTF-16BE", Encoding.BigEndianUnicode.GetBytes(value) },
                { "hex", Text(Convert.ToHexStringLower(utf8)) },
                { "HEX", Text(Convert.ToHexString(utf8)) },
                { "URL", Text(Uri.EscapeDataString(value)) },
                { "JSON", Text(System.Text.Json.JsonSerializer.Serialize(value)) },
                { "JSON in JSON", Text(System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Serialize(value))) },
                { "shell", Text($"'{value.Replace("'", "'\\''")}'") },
                { "base64 of UTF-16", Text(Convert.ToBase64String(utf16)) },
                { "wrapped base64", Text(string.Join('\n', Convert.ToBase64String(utf8).Chunk(19).Select(line => new string(line)))) },
                { "colours", Text(string.Join("\u001b[31m", value.ToCharArray())) },
                { "carriage returns", Text(string.Join('\r', value.ToCharArray())) },
                { "half of it", Text(value[..20]) },
                { "the other half", Text(value[^17..]) },
                { "gzip", Packed(utf8, stream => new GZipStream(stream, CompressionLevel.Fastest)) },
                { "brotli", Packed(utf8, stream => new BrotliStream(stream, CompressionLevel.Fastest)) },
                { "zlib", Packed(utf8, stream => new ZLibStream(stream, CompressionLevel.Fastest)) },
                { "gzip in brotli", Packed(Packed(utf8, stream => new GZipStream(stream, CompressionLevel.Fastest)), stream => new BrotliStream(stream, CompressionLevel.Fastest)) },
            };
            for (var before = 0; before < 3; before++)
            {
                data.Add($"base64, {before} bytes in", Text(Convert.ToBase64String([.. new byte[before], .. utf8, 7])));
                data.Add($"base64url, {before} bytes in", Text(System.Buffers.Text.Base64Url.EncodeToString([.. new byte[before], .. utf8])));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_found_in_every_spelling(string spelling, byte[] bytes)
    {
        var scanner = new SecretScanner([_canary, _other]);

        scanner.Look(spelling, bytes);

        Assert.NotEmpty(scanner.Findings);
        Assert.All(scanner.Findings, finding => Assert.Equal("planted", finding.Canary));
    }

    [Fact]
    public async Task A_secret_is_found_in_every_kind_of_place_in_storage()
    {
        var azurite = await Azurite.SharedAsync();
        var name = $"scan{Guid.NewGuid():N}"[..20];
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient(name);
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "text") { ["Column"] = $"before {_canary.Value} after" });
        await table.AddEntityAsync(new TableEntity("p", "bytes") { ["Column"] = Packed(Text(_canary.Value), stream => new GZipStream(stream, CompressionLevel.Fastest)) });
        await table.AddEntityAsync(new TableEntity("p", _canary.Start));
        var container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(name);
        await container.CreateAsync();
        await container.UploadBlobAsync("plain", BinaryData.FromString(_canary.Value));
        await container.UploadBlobAsync("packed", BinaryData.FromBytes(Packed(Text(_canary.Value), stream => new BrotliStream(stream, CompressionLevel.Fastest))));
        await container.UploadBlobAsync($"named-{_canary.Tail}", BinaryData.FromString("x"));
        await container.GetBlobClient("meta").UploadAsync(
            BinaryData.FromString("x"), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["key"] = _canary.Start } });
        var log = container.GetAppendBlobClient("log");
        await log.CreateAsync();
        await log.AppendBlockAsync(BinaryData.FromString(_canary.Value[..20]).ToStream());
        var scanner = new SecretScanner([_canary, _other]);

        await scanner.LookAtStorageAsync(azurite.ConnectionString, only: one => one == name);

        Assert.Equal(
            ["blob log", "blob meta", "blob named", "blob packed", "blob plain", "row p K7pQmZ3xVb8sWn2r", "row p bytes", "row p text"],
            scanner.Findings.Select(finding => PlaceOf(finding.Place)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_secret_is_found_in_files_their_names_and_across_the_windows_of_large_ones()
    {
        var folder = Directory.CreateTempSubdirectory("scan-").FullName;
        File.WriteAllText(Path.Combine(folder, "trace.log"), $"x{_canary.Value}");
        File.WriteAllText(Path.Combine(folder, $"{_canary.Start}.txt"), "");
        File.WriteAllBytes(Path.Combine(folder, "large"), [.. new byte[(4 << 20) - 8], .. Text(_canary.Value), .. new byte[100]]);
        var scanner = new SecretScanner([_canary, _other]);

        scanner.LookAtFolder(folder);

        Assert.Equal(3, scanner.Findings.Select(finding => Path.GetFileName(finding.Place.Split(',')[0])).Distinct().Count());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_secret_is_found_in_arguments_and_in_an_environment_but_not_in_a_builds()
    {
        using var argument = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read line", _canary.Value]) { RedirectStandardInput = true })!;
        using var variable = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read line"]) { RedirectStandardInput = true, Environment = { ["PLANTED"] = _canary.Value } })!;
        using var build = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read line"])
        {
            RedirectStandardInput = true,
            Environment = { ["PLANTED"] = _canary.Value, ["BUILDFUNCTIONS_RUN"] = "bld_x.1" },
        })!;
        var scanner = new SecretScanner([_canary, _other]);

        scanner.LookAtProcesses();

        Assert.Contains(scanner.Findings, finding => finding.Place.StartsWith($"/proc/{argument.Id}/cmdline", StringComparison.Ordinal));
        Assert.Contains(scanner.Findings, finding => finding.Place.StartsWith($"/proc/{variable.Id}/environ", StringComparison.Ordinal));
        Assert.DoesNotContain(scanner.Findings, finding => finding.Place.StartsWith($"/proc/{build.Id}/", StringComparison.Ordinal));
        foreach (var process in (Process[])[argument, variable, build])
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public void A_harmless_text_is_left_alone()
    {
        var scanner = new SecretScanner([_canary, _other]);

        scanner.Look("page", "K7pQmZ3x and T4yHd9Lc are parts too short to tell, *** is a mask");
        scanner.Look("noise", System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20));

        Assert.Empty(scanner.Findings);
        Assert.Equal(2, scanner.Places);
    }

    private static string PlaceOf(string place)
    {
        var end = place.Split(", ")[1];
        return end.StartsWith("blob named-", StringComparison.Ordinal) ? "blob named" : end;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
