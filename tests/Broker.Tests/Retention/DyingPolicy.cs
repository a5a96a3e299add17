using Azure.Core;
using Azure.Core.Pipeline;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>The process dies at the call that it has no more of: that one and all after it do not reach storage. Or somebody else comes before that call.</summary>
internal sealed class DyingPolicy : HttpPipelinePolicy
{
    private int _left = int.MaxValue;

    public int Left { get => _left; set => _left = value; }

    /// <summary>What another process does at that moment, instead of this one's death.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            var other = Meanwhile ?? throw new DeadException();
            (Left, Meanwhile) = (int.MaxValue, null);
            await other();
        }

        await ProcessNextAsync(message, pipeline);
    }
}
