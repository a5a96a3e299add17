using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace KitchenSink;

public static class DurableFunctions
{
    [Function("Start")]
    public static async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orchestrations/{name}/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client, string name, string id)
    {
        var input = request.Query["input"].ToString();
        await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        return Results.Accepted();
    }

    [Function("Status")]
    public static async Task<IResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orchestrations/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client, string id, CancellationToken cancellation)
    {
        var instance = request.Query["wait"] == "yes"
            ? await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellation)
            : await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        return instance is null ? Results.NotFound() : Results.Ok(new { status = $"{instance.RuntimeStatus}", output = instance.SerializedOutput });
    }

    [Function("Raise")]
    public static async Task<IResult> Raise(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orchestrations/{id}/events/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client, string id, string name)
    {
        await client.RaiseEventAsync(id, name, request.Query["data"].ToString());
        return Results.Accepted();
    }

    [Function(nameof(Chain))]
    public static async Task<string> Chain([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var text = context.GetInput<string>() ?? "";
        for (var i = 0; i < 3; i++)
        {
            text = await context.CallActivityAsync<string>(nameof(Append), new Appending(text, i));
        }

        return text;
    }

    [Function(nameof(WaitForGo))]
    public static async Task<string> WaitForGo([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var first = await context.CallActivityAsync<string>(nameof(Append), new Appending("before", 0));
        var go = await context.WaitForExternalEvent<string>("go");
        return await context.CallActivityAsync<string>(nameof(Append), new Appending($"{first} {go}", 1));
    }

    [Function(nameof(CallSlow))]
    public static async Task<string> CallSlow([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(nameof(Slow), context.GetInput<string>()!);

    [Function(nameof(CallFailing))]
    public static async Task<string> CallFailing([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallActivityAsync<string>(nameof(Failing), context.GetInput<string>()!);
        }
        catch (TaskFailedException failure)
        {
            return $"{failure.FailureDetails.ErrorType}: {failure.FailureDetails.ErrorMessage}";
        }
    }

    [Function(nameof(CountProcesses))]
    public static async Task<int> CountProcesses([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var folder = context.GetInput<string>()!;
        var processes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => context.CallActivityAsync<int>(nameof(FileFunctions.Census), folder)));
        return processes.Distinct().Count();
    }

    [Function(nameof(Append))]
    public static string Append([ActivityTrigger] Appending appending) => $"{appending.Text}-{appending.Number}";

    [Function(nameof(Failing))]
    public static string Failing([ActivityTrigger] string why) => throw new InvalidOperationException(why);

    /// <summary>Takes until the file is there, once: the second run of the same name ends at once.</summary>
    [Function(nameof(Slow))]
    public static async Task<string> Slow([ActivityTrigger] string file, CancellationToken cancellation)
    {
        var begun = file + ".begun";
        if (File.Exists(begun))
        {
            return "second run";
        }

        await File.WriteAllTextAsync(begun, "", cancellation);
        while (!File.Exists(file))
        {
            await Task.Delay(10, cancellation);
        }

        return "first run";
    }

    public sealed record Appending(string Text, int Number);
}
