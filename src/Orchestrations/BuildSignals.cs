using BuildFunctions.Broker.Builds;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>What a build hears from outside while it runs.</summary>
internal sealed class BuildSignals(TaskOrchestrationContext context)
{
    private readonly Task<string> _cancel = context.WaitForExternalEvent<string>(BuildEvents.Cancel);

    public Task Cancel => _cancel;

    public Bell Slot { get; } = new(context, BuildEvents.Slot);

    public Bell Run { get; } = new(context, BuildEvents.RunChanged);

    public bool IsCancelled => _cancel.IsCompletedSuccessfully;

    public void ThrowIfCancelled()
    {
        if (IsCancelled)
        {
            throw BuildStoppedException.Cancelled(_cancel.Result);
        }
    }
}
