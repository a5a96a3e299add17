using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Tests;

/// <summary>Random trees of activities, events, timers and children, killed at random storage calls, give what the tree adds up to.</summary>
public sealed class RandomOrchestrationTests
{
    private const int Trees = 60;

    public sealed record Node(string Kind, int Value, Node[] Inner)
    {
        public int Sum => Value + Inner.Sum(inner => inner.Sum);
    }

    [Fact]
    public void Any_tree_ends_with_its_sum_however_often_it_is_killed() =>
        Prop.ForAll(TreeOf(3).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (tree, seed) => RunAsync(tree, seed).GetAwaiter().GetResult() == tree.Sum)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Trees));

    private static Gen<Node> TreeOf(int depth)
    {
        var value = Gen.Choose(1, 100);
        var leaf = from kind in Gen.Elements("activity", "timer", "event", "again") from n in value select new Node(kind, n, []);
        return depth == 0
            ? leaf
            : Gen.Frequency(
                (2, leaf),
                (3, from kind in Gen.Elements("sequence", "parallel", "child", "retry")
                    from n in value
                    from size in Gen.Choose(1, 3)
                    from inner in TreeOf(depth - 1).ArrayOf(size)
                    select new Node(kind, n, inner)));
    }

    private static async Task<int> RunAsync(Node tree, int seed)
    {
        var (storage, random) = (new MemoryHub(), new Random(seed));
        var crashes = 12;
        TestHub? current = null;
        var tasks = new TestTasks()
            .Orchestrator("Tree", async context => (object?)await SumAsync(context, context.GetInput<Node>()!))
            .Orchestrator("Again", context =>
            {
                var left = context.GetInput<int>();
                if (left > 1)
                {
                    context.ContinueAsNew(left - 1);
                }

                return Task.CompletedTask;
            })
            .Activity<int>("Echo", n => n)
            .Activity("FailOnce", (call, _) => call.ExecutionKey[^1] % 2 == 0 ? throw new TimeoutException() : Task.FromResult<object?>(0))
            .Activity("Raise", async (call, cancellation) =>
            {
                // Recovery runs activities before the start has returned.
                while (current is null)
                {
                    cancellation.ThrowIfCancellationRequested();
                    await Task.Yield();
                }

                var name = call.Input!.Trim('"');
                await current.Client.RaiseEventAsync(call.InstanceId, name, 0, cancellation);
                return null;
            });
        var options = new EngineOptions { MaximumCrashes = 1000, CachedOrchestrators = random.Next(3) };
        while (true)
        {
            try
            {
                current = null;
                current = await TestHub.StartAsync(tasks, options: options, session: new MemorySession(storage)
                {
                    Crash = (_, _) => crashes > 0 && random.Next(8) == 0 && crashes-- > 0,
                });
                if (await current.Client.GetInstanceAsync("i") is null)
                {
                    await current.Client.ScheduleNewOrchestrationInstanceAsync("Tree", tree, new StartOrchestrationOptions("i"));
                }

                var end = await current.EndOfAsync("i");
                Assert.All(storage.Rows.Values, row => Assert.True(row.Head.IsTerminal));
                Assert.Null(end.FailureDetails);
                return end.ReadOutputAs<int>();
            }
            catch (Exception killed) when (killed is FencedException or HubUnavailableException)
            {
                // The next process goes on.
            }
            finally
            {
                await (current?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }
    }

    private static async Task<int> SumAsync(TaskOrchestrationContext context, Node node)
    {
        switch (node.Kind)
        {
            case "activity":
                return await context.CallActivityAsync<int>("Echo", node.Value);
            case "timer":
                await context.CreateTimer(TimeSpan.FromMilliseconds(node.Value % 5), CancellationToken.None);
                return node.Value;
            case "event":
                var name = context.NewGuid().ToString("N");
                var raised = context.WaitForExternalEvent<int>(name);
                await context.CallActivityAsync("Raise", name);
                return node.Value + await raised;
            case "again":
                await context.CallSubOrchestratorAsync("Again", (node.Value % 4) + 1);
                return node.Value;
            case "parallel":
                return node.Value + (await Task.WhenAll(node.Inner.Select(inner => SumAsync(context, inner)))).Sum();
            case "child":
                return node.Value + (await Task.WhenAll(node.Inner.Select(inner => context.CallSubOrchestratorAsync<int>("Tree", inner)))).Sum();
            default:
                if (node.Kind is "retry")
                {
                    await context.CallActivityAsync("FailOnce", options: TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 9));
                }

                var sum = node.Value;
                foreach (var inner in node.Inner)
                {
                    sum += await SumAsync(context, inner);
                }

                return sum;
        }
    }
}
