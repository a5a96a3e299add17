using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Secrets.Redaction;

namespace BuildFunctions.Broker.Logs;

/// <summary>Carries a run's log from its provider into the build's log, until the run has ended.</summary>
public sealed class RunLogFollower(LogOptions options, TimeProvider time)
{
    /// <summary>Returns the final status when everything is stored. After a crash, or a cancellation of this call, call it again with a new writer.</summary>
    /// <param name="redactor">The redactor of the moment: secrets come and change while a run goes on.</param>
    public async Task<RunStatus> FollowAsync(
        IBuildProvider provider, RunHandle handle, BuildLogWriter writer, Func<CancellationToken, ValueTask<SecretRedactor>> redactor, CancellationToken cancellationToken)
    {
        while (true)
        {
            var poll = await provider.PollAsync(handle, writer.Cursor, cancellationToken);
            await writer.UseAsync(await redactor(cancellationToken), cancellationToken);
            await writer.WriteAsync(poll, cancellationToken);
            if (poll.More)
            {
                continue;
            }

            if (poll.Status.IsFinal)
            {
                await writer.FinishAsync(cancellationToken);
                return poll.Status;
            }

            await writer.FlushAsync(cancellationToken);

            // A log that trickles would otherwise become a block a line.
            await Task.Delay(options.Pause, time, cancellationToken);
            await provider.WaitForChangeAsync(handle, writer.Cursor, cancellationToken);
        }
    }
}
