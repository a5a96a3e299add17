using Azure.Core;
using Azure.Core.Pipeline;

namespace BuildFunctions.Broker.Tests.Deployments;

/// <summary>The first transaction takes effect and its answer is lost, so that it is sent once more.</summary>
internal sealed class LostAnswer : HttpPipelinePolicy
{
    private int _lost;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && Interlocked.Exchange(ref _lost, 1) == 0)
        {
            throw new IOException("The connection broke.");
        }
    }
}
