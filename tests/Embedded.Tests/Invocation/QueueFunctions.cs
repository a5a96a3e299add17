using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class QueueFunctions(Trail trail)
{
    [Function("Take")]
    public async Task<string> TakeAsync([QueueTrigger] string text, int length, FunctionContext context)
    {
        await Task.Yield();
        trail.Add($"on the caller's scheduler: {TaskScheduler.Current == trail.Scheduler}");
        return $"{text} {length} {context.FunctionDefinition.Name}";
    }
}
