using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Warning, "The outcome of batch {Batch} of shard {Shard} was not known; it was applied: {Applied}")]
    public static partial void Resolved(this ILogger log, string shard, long batch, bool applied, Exception? failure);

    [LoggerMessage(2, LogLevel.Error, "Shard {Shard} cannot store {Row}")]
    public static partial void StepRejected(this ILogger log, string shard, string row, Exception failure);

    [LoggerMessage(3, LogLevel.Critical, "This process does not own the hub any more")]
    public static partial void OwnershipLost(this ILogger log, Exception reason);

    [LoggerMessage(4, LogLevel.Information, "{Owner} owns hub {Hub}, epoch {Epoch}")]
    public static partial void OwnershipTaken(this ILogger log, string owner, string hub, long epoch);

    [LoggerMessage(5, LogLevel.Warning, "Storage did not answer as it should; trying again")]
    public static partial void StorageTrouble(this ILogger log, Exception failure);

    [LoggerMessage(6, LogLevel.Error, "The history of instance {Instance} is damaged; it fails, its rows are kept")]
    public static partial void Quarantined(this ILogger log, string instance, Exception failure);

    [LoggerMessage(7, LogLevel.Information, "Sweep: {Purged} finished instances, {Pages} pages and {Payloads} payloads removed, {Young} young payloads left")]
    public static partial void Swept(this ILogger log, int purged, int pages, int payloads, int young);

    [LoggerMessage(8, LogLevel.Information, "The owner {Owner} has ended on this machine; not waiting for its lease")]
    public static partial void DeadOwnerReplaced(this ILogger log, string owner);
}
