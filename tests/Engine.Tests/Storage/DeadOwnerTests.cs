using System.Diagnostics;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Engine.Tests.Storage;

public sealed class DeadOwnerTests
{
    [Fact]
    public async Task A_hub_whose_owner_died_on_this_machine_is_taken_without_waiting_for_its_lease()
    {
        var options = await OptionsAsync();
        var dead = HubStorage.Open(options with { Process = "dead" }, TimeProvider.System, NullLogger.Instance);
        await dead.Ownership.AcquireAsync(default);

        var next = HubStorage.Open(options with { HasEnded = name => name == "dead" }, TimeProvider.System, NullLogger.Instance);
        using var soonerThanTheLeaseEnds = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await next.Ownership.AcquireAsync(soonerThanTheLeaseEnds.Token);
        Assert.Equal(dead.Ownership.Epoch + 1, next.Ownership.Epoch);

        // Had it been alive after all, its next renewal tells it.
        await dead.Ownership.Lost.WaitAsync(TimeSpan.FromSeconds(30));
        await next.Ownership.ReleaseAsync();
    }

    [Fact]
    public async Task The_lease_of_an_owner_that_may_live_is_respected()
    {
        var options = await OptionsAsync();
        var alive = HubStorage.Open(options with { Process = "alive" }, TimeProvider.System, NullLogger.Instance);
        await alive.Ownership.AcquireAsync(default);

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var standby = HubStorage.Open(options with { HasEnded = _ => { asked.TrySetResult(); return false; } }, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var waiting = standby.Ownership.AcquireAsync(stop.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(alive.Ownership.Lost.IsCompleted);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await alive.Ownership.ReleaseAsync();
    }

    [Fact]
    public async Task An_owner_that_stops_while_storage_does_not_answer_ends_soon()
    {
        await using var azurite = await Azurite.StartAsync();
        var owner = HubStorage.Open(
            new HubStorageOptions { Account = StorageAccount.Of(azurite.ConnectionString), HubName = "Stalled" }, TimeProvider.System, NullLogger.Instance);
        await owner.Ownership.AcquireAsync(default);
        azurite.Stall();
        try
        {
            await owner.Ownership.ReleaseAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            azurite.GoOn();
        }
    }

    [Fact]
    public void This_process_has_not_ended()
    {
        Assert.NotNull(HostProcess.Name);
        Assert.False(HostProcess.HasEnded(HostProcess.Name));
    }

    [Fact]
    public async Task A_process_that_was_killed_has_ended()
    {
        using var child = Process.Start("sleep", "60");
        var name = HostProcess.Name!.Replace($"/{Environment.ProcessId}/", $"/{child.Id}/", StringComparison.Ordinal);
        Assert.True(HostProcess.HasEnded(name), "The child's id with this process' start time is a process that is gone: the id was used again.");
        child.Kill();
        await child.WaitForExitAsync();
        Assert.True(HostProcess.HasEnded(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("another-boot/pid:[1]/1/1")]
    [InlineData("nonsense")]
    public void Nothing_is_known_of_a_process_elsewhere(string name) => Assert.False(HostProcess.HasEnded(name));

    private static async Task<HubStorageOptions> OptionsAsync()
    {
        var azurite = await Azurite.SharedAsync();
        return new HubStorageOptions { Account = StorageAccount.Of(azurite.ConnectionString), HubName = $"Hub{Guid.NewGuid():N}" };
    }
}
