using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Testing;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Bench;

/// <summary>Storing an artifact of some 98 MB against a bare upload of the same bytes, in turns; then making a release of it.</summary>
internal static class ArtifactBench
{
    private const double Bar = 0.7;
    private const double MemoryBar = 60;
    private const int Rounds = 4;
    private const int Files = 88;

    public static async Task RunAsync(TextWriter output)
    {
        await using var azurite = await Azurite.StartAsync();
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        var storage = new BrokerStorage(new TableServiceClient(azurite.ConnectionString), blobs, Options.Create(new StorageOptions()));
        await storage.EnsureCreatedAsync(default);
        var container = new ArtifactContainer(storage);
        var store = new ArtifactStore(container);
        var path = Path.GetTempFileName();
        try
        {
            double bare = 0, stored = 0, growth = 0;
            for (var round = 0; round <= Rounds; round++)
            {
                // Each round has its own bytes: the store knows those it has.
                WriteArchive(path, round);
                var megabytes = new FileInfo(path).Length / 1e6;
                var upload = await TimeAsync(path, file => storage.Artifacts.GetBlobClient($"bare{round}").UploadAsync(file, new BlobUploadOptions
                {
                    TransferOptions = new StorageTransferOptions { MaximumConcurrency = 4, MaximumTransferSize = 4 << 20, InitialTransferSize = 4 << 20 },
                }));
                var before = Resident();
                using var peak = new PeakMemory();
                var store1 = await TimeAsync(path, file => store.StoreAsync(file, default));
                if (round > 0)
                {
                    bare = Math.Max(bare, megabytes / upload);
                    stored = Math.Max(stored, megabytes / store1);
                    growth = Math.Max(growth, (peak.Bytes - before) / 1e6);
                }
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"bare upload {bare:F0} MB/s   store {stored:F0} MB/s   ratio {stored / bare:F2} (bar {Bar}) {(stored / bare >= Bar ? "ok" : "UNDER")}   resident +{growth:F0} MB (bar {MemoryBar}) {(growth <= MemoryBar ? "ok" : "OVER")}"));

            var content = await TimedAsync(() => File.OpenRead(path), file => store.StoreAsync(file, default));
            var start = Resident();
            using var building = new PeakMemory();
            var watch = Stopwatch.StartNew();
            var release = await new ReleaseBuilder(container, store, new(container)).BuildAsync(content.Sha256, default);
            var seconds = watch.Elapsed.TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"release of {release.Files} files, {release.Bytes / 1e6:F0} MB: {seconds:F1} s ({release.Bytes / 1e6 / seconds:F0} MB/s)   resident +{(building.Bytes - start) / 1e6:F0} MB"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void WriteArchive(string path, int seed)
    {
        var random = new Random(seed);
        using var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        var bytes = new byte[1 << 20];
        for (var i = 0; i < Files; i++)
        {
            random.NextBytes(bytes);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"img/{i}.png") { DataStream = new MemoryStream(bytes) });
        }
    }

    private static async Task<double> TimeAsync(string path, Func<Stream, Task> run)
    {
        await using var file = File.OpenRead(path);
        var watch = Stopwatch.StartNew();
        await run(file);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<T> TimedAsync<T>(Func<Stream> open, Func<Stream, Task<T>> run)
    {
        await using var file = open();
        return await run(file);
    }

    private static long Resident()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }
}
