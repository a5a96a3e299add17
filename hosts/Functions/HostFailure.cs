namespace BuildFunctions.FunctionsHost;

/// <summary>What this host cannot go on without: it says so, stops in order and ends with an exit code that tells.</summary>
internal sealed partial class HostFailure(IHostApplicationLifetime lifetime, ILogger<HostFailure> logger)
{
    /// <summary>Work that runs as long as the host, which ends it by cancelling.</summary>
    public async Task GuardAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            if (!stopping.IsCancellationRequested || fault is not OperationCanceledException)
            {
                LogStopped(fault is HostStartException ? null : fault, fault.Message);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason} The host stops.")]
    private partial void LogStopped(Exception? fault, string reason);
}
