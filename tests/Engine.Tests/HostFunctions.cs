using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

/// <summary>An app as a user writes it.</summary>
public sealed class HostFunctions(TimeProvider time)
{
    public sealed record Order(string Name, int Count);

    [Function(nameof(Shop))]
    public static async Task<string> Shop([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
    {
        var paid = await context.CallActivityAsync<Order>(nameof(Pay), order);
        var word = await context.WaitForExternalEvent<string>("word", TimeSpan.FromMinutes(5));
        return $"{paid.Name} {paid.Count} {word} {await context.CallActivityAsync<bool>(nameof(HasContext))}";
    }

    [Function(nameof(Pay))]
    public Task<Order> Pay([ActivityTrigger] Order order, CancellationToken cancellation) =>
        Task.FromResult(order with { Count = order.Count + (time is null ? 0 : 1) });

    [Function(nameof(HasContext))]
    public static bool HasContext([ActivityTrigger] string? nothing, FunctionContext context) =>
        nothing is null && context.Items["DurableTask.ExecutionKey"] is string { Length: > 0 };

    [Function(nameof(Begin))]
    public static async Task<HttpResponseData> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request, [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Shop), new Order("<b>tea</b>", 1));
        return await client.CreateCheckStatusResponseAsync(request, id);
    }
}
