using BuildFunctions.Engine.Tests.Harness;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests;

public sealed class ChainTests
{
    private static TestTasks Chain() => new TestTasks()
        .Orchestrator("Chain", async context =>
        {
            var replies = new List<string>();
            foreach (var name in new[] { "a", "b", "c", "d", "e" })
            {
                replies.Add(await context.CallActivityAsync<string>("Hello", name));
            }

            return (object?)string.Join(",", replies);
        })
        .Activity<string>("Hello", name => $"hello {name}");

    [Fact]
    public async Task Five_activities_take_six_commits_and_no_replay()
    {
        var storage = new MemoryHub();
        await using var hub = await TestHub.StartAsync(Chain(), storage);

        var end = await hub.RunAsync("Chain");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal("hello a,hello b,hello c,hello d,hello e", end.ReadOutputAs<string>());
        Assert.Equal(6, storage.Commits);
        if (!TestHub.NoCache)
        {
            Assert.Equal(0, storage.HistoryReads);
        }
    }
}
