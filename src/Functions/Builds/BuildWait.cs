using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Reading;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Functions.Builds;

/// <summary>Waits for a build without asking storage all the time: changes made by this process wake it, others are seen within seconds.</summary>
public sealed class BuildWait(BuildReader builds, BuildChanges changes, IHostApplicationLifetime host, TimeProvider clock)
{
    private static readonly TimeSpan _glance = TimeSpan.FromSeconds(2);

    /// <summary>A host that stops does not wait any more: the answer is the record as it is, and who asks again is served by the next host.</summary>
    public CancellationToken Stopping => host.ApplicationStopping;

    public async Task<Build?> UntilFinalAsync(BuildId id, TimeSpan limit, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var change = changes.Next(id);
            var build = await builds.FindAsync(id, cancellation);
            var left = limit - clock.GetElapsedTime(start);
            if (build is null || build.Status.IsFinal() || left <= TimeSpan.Zero || Stopping.IsCancellationRequested)
            {
                changes.Forget(id, change);
                return build;
            }

            await PassAsync(id, change, left < _glance ? left : _glance, cancellation);
        }
    }

    /// <summary>Until the build may have ended: steps on the way, which this host knows of, are not worth a read.</summary>
    private async Task PassAsync(BuildId id, Task change, TimeSpan atMost, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        do
        {
            await NextAsync(change, atMost - clock.GetElapsedTime(start), cancellation);
            if (!change.IsCompleted)
            {
                return;
            }

            change = changes.Next(id);
        }
        while (builds.IsOpenHere(id) && clock.GetElapsedTime(start) < atMost && !Stopping.IsCancellationRequested);
    }

    /// <summary>Until the record may have changed.</summary>
    public async Task NextAsync(Task change, TimeSpan atMost, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Stopping);
        await Task.WhenAny(change, Task.Delay(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, clock, stop.Token));
        await stop.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    public Task NextAsync(Task change, CancellationToken cancellation) => NextAsync(change, _glance, cancellation);
}
