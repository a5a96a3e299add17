using System.Diagnostics;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;

namespace BuildFunctions.Broker.Tests.Providers.Ssh;

/// <summary>A workspace on a disk of two megabytes, which only root can make.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
    private readonly string _disk = Directory.CreateTempSubdirectory("bf-disk-").FullName;
    private readonly bool _mounted;

    public FullDiskTests() => _mounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=2m", "none", _disk) == 0;

    [Fact]
    public async Task A_build_that_fails_on_a_full_disk_is_tried_elsewhere()
    {
        if (!_mounted)
        {
            return;
        }

        var (pool, _) = await SshPool.StartAsync(_disk);
        using var owned = pool;
        var provider = pool.NewProvider();
        var handle = await provider.StartAsync(pool.Request("mkdir dist; cat /dev/zero > dist/zeros"), RunSecrets.None, _deadline);
        RunPoll poll;
        while (!(poll = await provider.PollAsync(handle, LogCursor.Start, _deadline)).Status.IsFinal)
        {
            await provider.WaitForChangeAsync(handle, poll.Next, _deadline);
        }

        Assert.Equal(RunState.Lost, poll.Status.State);
        Assert.Contains("disk is full", poll.Status.Reason, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<TransientException>(() => provider.StartAsync(pool.Request("true"), RunSecrets.None, _deadline));
        Assert.True(refused.NothingStarted, refused.Message);
        await provider.CleanUpAsync(handle, _deadline);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_disk, "runs")));
    }

    public void Dispose()
    {
        _ = _mounted ? Run("umount", _disk) : 0;
        Directory.Delete(_disk, recursive: true);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
