using System.Collections.Concurrent;
using System.Security.Cryptography;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.InMemory;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Sites;

/// <summary>Releases and small files in memory, large ones from storage as streams.</summary>
public sealed class SiteContents(ReleaseStore releases, IOptions<SiteOptions> options)
{
    private readonly BoundedCache<string, SiteRelease> _releases = new(options.Value.IndexCacheBytes, release => release.Bytes);
    private readonly BoundedCache<(string Pack, long Offset), byte[]> _files = new(options.Value.FileCacheBytes, bytes => bytes.Length + 200);
    private readonly ConcurrentDictionary<string, Lazy<Task<SiteRelease?>>> _loading = new();

    internal ValueTask<SiteRelease?> ReleaseAsync(string id) => _releases.TryGet(id, out var release) ? new(release) : new(LoadAsync(id));

    internal bool TryGet(string pack, SiteBody body, out byte[]? bytes) => _files.TryGet((pack, body.Offset), out bytes);

    internal bool IsSmall(SiteBody body) => body.Length <= options.Value.MaxCachedFileBytes;

    /// <exception cref="InvalidDataException">The stored bytes are not those that were deployed.</exception>
    internal async Task<byte[]> ReadAsync(string pack, SiteBody body, CancellationToken cancellation)
    {
        var bytes = new byte[body.Length];
        await using var stream = await OpenAsync(pack, body.Offset, body.Length, cancellation);
        await stream.ReadExactlyAsync(bytes, cancellation);
        if (body.Sha256 is { } sha256 && Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256)
        {
            throw new InvalidDataException($"The pack {pack} was changed.");
        }

        _files.Add((pack, body.Offset), bytes);
        return bytes;
    }

    internal Task<Stream> OpenAsync(string pack, long offset, long length, CancellationToken cancellation) => releases.OpenAsync(pack, offset, length, cancellation);

    // Once for all who ask at the same time; not on behalf of the first one, who may go away.
    private async Task<SiteRelease?> LoadAsync(string id)
    {
        var loading = _loading.GetOrAdd(id, _ => new(async () => await releases.FindAsync(id, CancellationToken.None) is { } index ? new SiteRelease(index) : null));
        try
        {
            var release = await loading.Value;
            if (release is not null)
            {
                _releases.Add(id, release);
            }

            return release;
        }
        finally
        {
            _loading.TryRemove(new(id, loading));
        }
    }
}
