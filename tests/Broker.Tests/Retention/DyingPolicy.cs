using Azure.Core;
using Azure.Core.Pipeline;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>The process dies at the call that it has no more of: that one and all after it do not reach storage.</summary>
internal sealed class DyingPolicy : HttpPipelinePolicy
{
    private int _left = int.MaxValue;

    public int Left { get => _left; set => _left = value; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        Interlocked.Decrement(ref _left) < 0 ? throw new DeadException() : ProcessNextAsync(message, pipeline);
}
