using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers.Local;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Retention;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>Refuses new builds where there is no room for what they make; those that run go on to their end.</summary>
public sealed class StorageBudget(StorageUsage usage, LocalOptions local, IOptions<StorageOptions> options)
{
    public async Task<StorageUse> ReadAsync(CancellationToken cancellation)
    {
        var use = await usage.ReadAsync(cancellation);
        return use with { MaxBytes = options.Value.MaxBytes, Full = Full(use.Bytes) ?? FullDisk() };
    }

    public async Task EnsureRoomAsync(CancellationToken cancellation)
    {
        var full = options.Value.MaxBytes is null ? FullDisk() : (await ReadAsync(cancellation)).Full;
        if (full is not null)
        {
            throw new RejectedException(ErrorCode.StorageFull, full);
        }
    }

    private string? Full(long bytes) => options.Value.MaxBytes is { } most && bytes >= most
        ? $"The broker stores {bytes >> 20} MiB and may store {most >> 20} (Storage:MaxBytes). 'bf storage' shows what, 'bf gc' removes what nothing needs."
        : null;

    private string? FullDisk()
    {
        if (options.Value.MinFreeDisk is not { } least || !Directory.Exists(local.Folder))
        {
            return null;
        }

        var free = new DriveInfo(local.Folder).AvailableFreeSpace;
        return free < least ? $"The disk of local builds has {free >> 20} MiB left and must keep {least >> 20} (Storage:MinFreeDisk). Make room on it; 'bf gc' helps where storage is on the same disk." : null;
    }
}
