using System.Runtime.CompilerServices;
using BuildFunctions.Broker.Retention;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Retention;

internal sealed class EngineHistories(DurableTaskClient client) : IHistories
{
    private static readonly OrchestrationRuntimeStatus[] _ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public Task PurgeAsync(string instance, CancellationToken cancellation) => client.PurgeInstanceAsync(instance, cancellation);

    public async IAsyncEnumerable<string> EndedAsync(string prefix, DateTimeOffset createdBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new OrchestrationQuery { InstanceIdPrefix = prefix, CreatedTo = createdBefore, Statuses = _ended };
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellation))
        {
            yield return instance.InstanceId;
        }
    }
}
