using System.Text.Json;
using BuildFunctions.Contracts.Errors;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>What the recipes wait with.</summary>
internal static class Waiting
{
    /// <summary>Waits until one of the tasks is done or the time has come, and leaves no timer behind; true when a task was first.</summary>
    public static async Task<bool> WaitForAnyAsync(this TaskOrchestrationContext context, DateTime until, params Task[] tasks)
    {
        if (Array.Exists(tasks, task => task.IsCompleted))
        {
            return true;
        }

        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(until, stop.Token);
        var first = await Task.WhenAny([.. tasks, timer]);
        if (first == timer)
        {
            return false;
        }

        stop.Cancel();
        return true;
    }

    public static Problem Timeout(TimeSpan timeout, string phase) => new()
    {
        Code = ErrorCode.BuildTimeout,
        Status = 504,
        Title = "The build took too long",
        Detail = $"The phase '{phase}' exceeded {timeout.TotalSeconds:0} seconds.",
        Fields = new Dictionary<string, JsonElement>
        {
            ["timeout"] = JsonSerializer.SerializeToElement((int)timeout.TotalSeconds),
            ["phase"] = JsonSerializer.SerializeToElement(phase),
        },
    };
}
