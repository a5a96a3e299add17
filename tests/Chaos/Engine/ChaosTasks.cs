using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Orchestration;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace BuildFunctions.Chaos.Engine;

/// <summary>The orchestrations under test. Each activity appends its label and execution key to a file: an effect that no engine can take back.</summary>
internal sealed class ChaosTasks(string effects, Func<DurableTaskClient> client) : ITaskCatalog
{
    private readonly Lock _file = new();

    public Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name) => name switch
    {
        "chain" => async context =>
        {
            var sum = 0;
            for (var step = 1; step <= 5; step++)
            {
                sum += await EffectAsync(context, step, 1);
            }

            return sum;
        }
        ,
        "fan" => async context => (await Task.WhenAll(Enumerable.Range(1, 8).Select(step => EffectAsync(context, step, step)))).Sum(),
        "events" => async context =>
        {
            var sum = 0;
            for (var step = 1; step <= 3; step++)
            {
                var raised = context.WaitForExternalEvent<int>($"event-{step}", TimeSpan.FromHours(1));
                await context.CallActivityAsync("Raise", step);
                sum += await raised;
                await EffectAsync(context, step, 0);
            }

            return sum;
        }
        ,
        "timers" => async context =>
        {
            for (var step = 1; step <= 3; step++)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(700 * step), CancellationToken.None);
                await EffectAsync(context, step, 0);
            }

            return 3;
        }
        ,
        "children" => async context => (await Task.WhenAll(
            context.CallSubOrchestratorAsync<int>("chain", options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-chain")),
            context.CallSubOrchestratorAsync<int>("fan", options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-fan")))).Sum(),
        "rounds" => async context =>
        {
            var round = context.GetInput<int>() + 1;
            await EffectAsync(context, round, 0);
            if (round < 4)
            {
                context.ContinueAsNew(round);
            }

            return round;
        }
        ,
        _ => null,
    };

    public Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name) => name switch
    {
        "Effect" => async (call, cancellation) =>
        {
            var effect = JsonDataConverter.Default.Deserialize<Effect>(call.Input)!;
            await Task.Delay(effect.Value * 5, cancellation);
            lock (_file)
            {
                File.AppendAllText(effects, $"{effect.Label}\t{call.ExecutionKey}\n");
            }

            return effect.Value;
        }
        ,
        "Raise" => async (call, cancellation) =>
        {
            var step = JsonDataConverter.Default.Deserialize<int>(call.Input);
            await client().RaiseEventAsync(call.InstanceId, $"event-{step}", step, cancellation);
            return null;
        }
        ,
        _ => null,
    };

    private static Task<int> EffectAsync(TaskOrchestrationContext context, int step, int value) =>
        context.CallActivityAsync<int>("Effect", new Effect($"{context.InstanceId}:{step}", value));

    internal sealed record Effect(string Label, int Value);
}
