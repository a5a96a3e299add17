using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>
/// An event that only says "look again". One waiter for the whole build: a forgotten one would swallow the next ring. However often it has rung since the last
/// look, one look is the answer to all of it.
/// </summary>
internal sealed class Bell(TaskOrchestrationContext context, string name)
{
    private Task<string> _next = context.WaitForExternalEvent<string>(name);

    public Task Rung => _next;

    public void Reset()
    {
        while (_next.IsCompleted)
        {
            _next = context.WaitForExternalEvent<string>(name);
        }
    }
}
