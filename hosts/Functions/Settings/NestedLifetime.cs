namespace BuildFunctions.FunctionsHost.Settings;

/// <summary>For hosts inside this one: only the outermost listens to signals.</summary>
internal sealed class NestedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
