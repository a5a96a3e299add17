using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Conformance;

/// <summary>Makes client calls: in this process, or for a test in another one.</summary>
public static class ClientGate
{
    [Function("Client")]
    public static async Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "client")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        Results.Json(await CallAsync(client, (await request.ReadFromJsonAsync<ClientCall>(cancellation))!, cancellation));

    public static async Task<ClientAnswer> CallAsync(DurableTaskClient client, ClientCall call, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(client, call, cancellation);
        }
        catch (RpcException refused)
        {
            return new ClientAnswer($"{nameof(RpcException)} {refused.StatusCode}", refused.Status.Detail);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            return new ClientAnswer(refused.GetType().Name, refused.Message);
        }
    }

    private static async Task<ClientAnswer> RunAsync(DurableTaskClient client, ClientCall call, CancellationToken cancellation)
    {
        switch (call.Operation)
        {
            case ClientOperation.Start:
                var options = new StartOrchestrationOptions(call.Id, call.StartAt);
                await client.ScheduleNewOrchestrationInstanceAsync(
                    call.Name!, call.Text, call.Dedupe.Count == 0 ? options : options with { DedupeStatuses = call.Dedupe }, cancellation);
                return new ClientAnswer();
            case ClientOperation.Raise:
                await client.RaiseEventAsync(call.Id, call.Name!, call.Text, cancellation);
                return new ClientAnswer();
            case ClientOperation.Terminate:
                await client.TerminateInstanceAsync(call.Id, (object?)call.Text, cancellation);
                return new ClientAnswer();
            case ClientOperation.Suspend:
                await client.SuspendInstanceAsync(call.Id, call.Text, cancellation);
                return new ClientAnswer();
            case ClientOperation.Resume:
                await client.ResumeInstanceAsync(call.Id, call.Text, cancellation);
                return new ClientAnswer();
            case ClientOperation.Purge:
                return new ClientAnswer(Purged: (await client.PurgeInstanceAsync(call.Id, cancellation)).PurgedInstanceCount);
            case ClientOperation.Restart:
                await client.RestartAsync(call.Id, false, cancellation);
                return new ClientAnswer();
            case ClientOperation.Get:
                return Seen(await client.GetInstanceAsync(call.Id, true, cancellation));
            case ClientOperation.WaitForStart:
                return Seen(await client.WaitForInstanceStartAsync(call.Id, true, cancellation));
            default:
                return Seen(await client.WaitForInstanceCompletionAsync(call.Id, true, cancellation));
        }
    }

    private static ClientAnswer Seen(OrchestrationMetadata? instance) =>
        new() { Instance = instance is null ? null : InstanceView.Of(instance) };
}
