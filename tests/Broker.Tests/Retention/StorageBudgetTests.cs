using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers.Local;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Errors;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

public sealed class StorageBudgetTests
{
    [Fact]
    public async Task On_a_disk_with_too_little_left_new_builds_are_refused_and_told_why()
    {
        var budget = await BudgetAsync(Path.GetTempPath(), minFreeDisk: long.MaxValue);

        var refused = await Assert.ThrowsAsync<RejectedException>(() => budget.EnsureRoomAsync(default));

        Assert.Equal(ErrorCode.StorageFull, refused.Code);
        Assert.Contains("Storage:MinFreeDisk", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, (await budget.ReadAsync(default)).Full);
    }

    [Theory]
    [InlineData("", 1L)]
    [InlineData("", null)]
    [InlineData("never-made", long.MaxValue)]
    public async Task With_enough_left_no_limit_or_no_local_builds_there_is_room(string folder, long? minFreeDisk)
    {
        var budget = await BudgetAsync(Path.Combine(Path.GetTempPath(), folder), minFreeDisk);

        await budget.EnsureRoomAsync(default);

        Assert.Null((await budget.ReadAsync(default)).Full);
    }

    private static async Task<StorageBudget> BudgetAsync(string folder, long? minFreeDisk)
    {
        var usage = new StorageUsage(await Containers.StorageAsync(), TimeProvider.System);
        return new StorageBudget(usage, new LocalOptions { Folder = folder }, Options.Create(new StorageOptions { MinFreeDisk = minFreeDisk }));
    }
}
