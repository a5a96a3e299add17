using System.Text;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Tests.Planning;

public sealed class BuildPlannerTests
{
    [Fact]
    public void A_manager_named_without_its_version_has_the_one_that_the_source_pins() =>
        Assert.Equal("pnpm@10.1.0", Plan(new BuildRequest { PackageManager = "pnpm" }, ("package.json", """{"packageManager":"pnpm@10.1.0","scripts":{"build":"x"}}""")).PackageManager);

    [Fact]
    public void Another_manager_than_the_pinned_one_has_no_version() =>
        Assert.Equal("yarn", Plan(new BuildRequest { PackageManager = "yarn" }, ("package.json", """{"packageManager":"pnpm@10.1.0","scripts":{"build":"x"}}""")).PackageManager);

    [Fact]
    public void An_app_that_names_no_node_takes_the_hosts() =>
        Assert.Null(Plan(new BuildRequest { Command = "sh make.sh", Output = "out" }, ("make.sh", "true")).Node);

    [Fact]
    public void A_node_that_was_asked_for_is_the_only_one_that_will_do()
    {
        var plan = Plan(new BuildRequest { Command = "sh make.sh", Output = "out", Node = "18" }, ("make.sh", "true"));
        Assert.Equal("18", plan.Node);
        Assert.Empty(plan.NodeAccepted);
    }

    private static BuildPlan Plan(BuildRequest request, params (string Path, string Text)[] files)
    {
        var order = new BuildOrder
        {
            Id = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]),
            App = AppName.TryParse("app", out var app) ? app : throw new InvalidOperationException("'app' is a name."),
            Request = request,
            Providers = ["local"],
            Deadlines = new BuildDeadlines(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var tree = new MemorySourceTree(files.ToDictionary(file => file.Path, byte[]? (file) => Encoding.UTF8.GetBytes(file.Text)));
        return BuildPlanner.Decide(order, new ReceivedSource("digest", 1), tree);
    }
}
