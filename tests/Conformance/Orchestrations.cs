using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Conformance;

/// <summary>One orchestration for each thing that a runtime could do in its own way. They take the context and give a string.</summary>
public static class Orchestrations
{
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(1);

    [Function(nameof(Echo))]
    public static Task<string?> Echo([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context.GetInput<string>());

    [Function(nameof(Waits))]
    public static async Task<string?> Waits([OrchestrationTrigger] TaskOrchestrationContext context) => await context.WaitForExternalEvent<string>("go");

    /// <summary>Gives up waiting for "e", and waits again after "go".</summary>
    [Function(nameof(GivesUp))]
    public static async Task<string?> GivesUp([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("e", _short);
        }
        catch (TaskCanceledException)
        {
            context.SetCustomStatus("gave up");
        }

        await context.WaitForExternalEvent<string>("go");
        return await WithinAsync(context, "e");
    }

    [Function(nameof(TwoWaiters))]
    public static async Task<string?> TwoWaiters([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var older = context.WaitForExternalEvent<string>("e");
        var newer = context.WaitForExternalEvent<string>("E");
        await Task.WhenAll(older, newer);
        return $"older {older.Result}, newer {newer.Result}";
    }

    /// <summary>Takes in what came before it waited.</summary>
    [Function(nameof(TakesEarly))]
    public static async Task<string?> TakesEarly([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.WaitForExternalEvent<string>("go");
        return $"{await context.WaitForExternalEvent<string>("e")} {await context.WaitForExternalEvent<string>("e")}";
    }

    [Function(nameof(OtherType))]
    public static async Task<string?> OtherType([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.WaitForExternalEvent<string>("e");
        try
        {
            await context.WaitForExternalEvent<int>("e");
            return "taken";
        }
        catch (ArgumentException)
        {
            return "refused";
        }
    }

    /// <summary>Returns while a timer of 3 s is open.</summary>
    [Function(nameof(LeavesTimer))]
    public static Task<string?> LeavesTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
        return Task.FromResult<string?>("left");
    }

    [Function(nameof(CancelsTimer))]
    public static async Task<string?> CancelsTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromDays(10), stop.Token);
        await context.WaitForExternalEvent<string>("go");
        stop.Cancel();
        return timer.Status.ToString();
    }

    /// <summary>Milliseconds that a timer of 3 s took by the context's clock.</summary>
    [Function(nameof(Sleeps))]
    public static async Task<string?> Sleeps([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var begun = context.CurrentUtcDateTime;
        await context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
        return $"{(context.CurrentUtcDateTime - begun).TotalMilliseconds:F0}";
    }

    [Function(nameof(Throws))]
    public static Task<string?> Throws([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("bad");

    [Function(nameof(LetsFail))]
    public static async Task<string?> LetsFail([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(nameof(Activities.Fails), "bad");

    [Function(nameof(Catches))]
    public static async Task<string?> Catches([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallActivityAsync<string>(nameof(Activities.Fails), "bad");
        }
        catch (TaskFailedException failed)
        {
            var details = failed.FailureDetails;
            return $"{failed.TaskName} #{failed.TaskId} {details.ErrorType}: {details.ErrorMessage} / {details.InnerFailure?.ErrorType} "
                + $"{details.IsCausedBy<InvalidOperationException>()} {details.IsCausedBy<TimeoutException>()}";
        }
    }

    [Function(nameof(CatchesChild))]
    public static async Task<string?> CatchesChild([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<string>(nameof(Throws));
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.TaskName} {failed.FailureDetails.ErrorType}: {failed.FailureDetails.ErrorMessage}";
        }
    }

    [Function(nameof(CallsNobody))]
    public static async Task<string?> CallsNobody([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallActivityAsync<string>("Nobody");
        }
        catch (TaskFailedException failed)
        {
            return failed.FailureDetails.ErrorType;
        }
    }

    [Function(nameof(Retries))]
    public static async Task<string?> Retries([OrchestrationTrigger] TaskOrchestrationContext context) => await context.CallActivityAsync<string>(
        nameof(Activities.ThirdTime), context.InstanceId, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(50), 2)));

    /// <summary>The policy's own code throws.</summary>
    [Function(nameof(RetriesBadly))]
    public static async Task<string?> RetriesBadly([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var policy = new RetryPolicy(3, TimeSpan.FromMilliseconds(50)) { HandleFailure = _ => throw new NotSupportedException() };
        try
        {
            return await context.CallActivityAsync<string>(nameof(Activities.ThirdTime), context.InstanceId, TaskOptions.FromRetryPolicy(policy));
        }
        catch (TaskFailedException failed)
        {
            var attempts = await context.CallActivityAsync<string>(nameof(Activities.Attempts), context.InstanceId);
            return $"{failed.FailureDetails.ErrorType} after {attempts}";
        }
    }

    [Function(nameof(RetriesByHandler))]
    public static async Task<string?> RetriesByHandler([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var told = new List<int>();
        var output = await context.CallActivityAsync<string>(nameof(Activities.ThirdTime), context.InstanceId, TaskOptions.FromRetryHandler(retry =>
        {
            told.Add(retry.LastAttemptNumber);
            return retry.LastFailure.IsCausedBy<TimeoutException>();
        }));
        return $"{output}, told of {string.Join(", ", told)}";
    }

    [Function(nameof(Null))]
    public static async Task<string?> Null([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string?>(nameof(Activities.Nothing), "x") ?? "null";

    /// <summary>Starts over once; an event that came before is kept, the custom status is not.</summary>
    [Function(nameof(StartsOver))]
    public static async Task<string?> StartsOver([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (context.GetInput<string>() == "again")
        {
            return await WithinAsync(context, "e");
        }

        context.SetCustomStatus("first");
        await context.WaitForExternalEvent<string>("go");
        context.ContinueAsNew("again");
        return "ignored";
    }

    /// <summary>Sends to an instance that is not there, which nobody is told of.</summary>
    [Function(nameof(SendsToNobody))]
    public static async Task<string?> SendsToNobody([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SendEvent("nobody-is-called-this", "e", "x");
        return await context.CallActivityAsync<string>(nameof(Activities.Upper), "sent");
    }

    /// <summary>Calls a child that has an id of its own.</summary>
    [Function(nameof(CallsChild))]
    public static async Task<string?> CallsChild([OrchestrationTrigger] TaskOrchestrationContext context) => await context.CallSubOrchestratorAsync<string>(
        nameof(Waits), null, new SubOrchestrationOptions { InstanceId = context.InstanceId + "-child" });

    private static async Task<string?> WithinAsync(TaskOrchestrationContext context, string name)
    {
        try
        {
            return await context.WaitForExternalEvent<string>(name, TimeSpan.FromSeconds(5));
        }
        catch (TaskCanceledException)
        {
            return "lost";
        }
    }
}
