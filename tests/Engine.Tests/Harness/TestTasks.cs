using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Orchestration;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace BuildFunctions.Engine.Tests.Harness;

/// <summary>Orchestrators and activities written in a test.</summary>
internal sealed class TestTasks : ITaskCatalog
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ActivityCall, CancellationToken, Task<object?>>> _activities =
        new(StringComparer.OrdinalIgnoreCase);

    public TestTasks Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        _orchestrators[name] = code;
        return this;
    }

    public TestTasks Orchestrator(string name, Func<TaskOrchestrationContext, Task> code) => Orchestrator(name, async context =>
    {
        await code(context);
        return (object?)null;
    });

    public TestTasks Activity<TIn>(string name, Func<TIn, object?> code) => Activity<TIn>(name, (input, _) => Task.FromResult(code(input)));

    public TestTasks Activity<TIn>(string name, Func<TIn, CancellationToken, Task<object?>> code) =>
        Activity(name, (call, cancellation) => code(JsonDataConverter.Default.Deserialize<TIn>(call.Input)!, cancellation));

    public TestTasks Activity(string name, Func<ActivityCall, CancellationToken, Task<object?>> code)
    {
        _activities[name] = code;
        return this;
    }

    public Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name) => _activities.GetValueOrDefault(name);
}
