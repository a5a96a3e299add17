using BuildFunctions.BlackBox.Callbacks;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Hostile;

/// <summary>What others do wrong, or leave, is no fault of the broker's, and its log is for faults.</summary>
[Trait("Broker", "own")]
public sealed class QuietLogTests
{
    [Fact]
    public async Task A_refused_artifact_and_a_client_that_left_are_no_faults_in_the_log()
    {
        await using var broker = await Brokers.StartAsync();
        using var builder = await Builder.StartAsync(broker);
        using (var request = new HttpRequestMessage(HttpMethod.Get, $"/api/builds/{builder.Build.Id}/logs") { Headers = { { "Accept", "text/event-stream" } } })
        using (var stream = await broker.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await (await stream.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[1]);
        }

        await builder.SayAsync("success", "nonsense"u8.ToArray());
        builder.LetGo();
        var build = await broker.Http.EndOfAsync(builder.Build);

        Assert.Equal((BuildStatus.Failed, ErrorCode.ArtifactInvalid), (build.Status, build.Error?.Code));
        Assert.Single(broker.Log.Split('\n'), line => line.Contains(ErrorCode.ArtifactInvalid, StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", broker.Log);
        Assert.DoesNotContain("   at ", broker.Log);
    }
}
