using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Failures;

namespace BuildFunctions.Broker.Tests.Archives;

internal static class Reading
{
    public static Task<List<ArchiveEntry>> ReadAsync(this TarBuilder tar, ArchiveOptions? options = null) => ReadAsync(tar.TarGz(), options);

    public static async Task<List<ArchiveEntry>> ReadAsync(byte[] bytes, ArchiveOptions? options = null, int chunk = int.MaxValue)
    {
        var entries = new List<ArchiveEntry>();
        await using var reader = await ArchiveReader.OpenAsync(
            new ChunkedStream(bytes, chunk), ArchiveKind.Artifact, options ?? ArchiveOptions.Artifact, TimeProvider.System, default);
        while (await reader.NextAsync(default) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    public static async Task<RejectedException> RefusalAsync(byte[] bytes, ArchiveOptions? options = null) =>
        await Assert.ThrowsAsync<RejectedException>(() => ReadAsync(bytes, options));

    public static Task<RejectedException> RefusalAsync(this TarBuilder tar, ArchiveOptions? options = null) => RefusalAsync(tar.TarGz(), options);

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellation);
    }
}
