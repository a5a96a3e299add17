using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Tests;

/// <summary>What a person may type for a build.</summary>
public sealed class FindingTests : BrokerTest
{
    [Fact]
    public async Task The_beginning_of_an_id_is_enough_where_only_one_begins_so()
    {
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(["show", $"{id}"[..^2]]));
        Assert.Contains($"{id}", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_beginning_of_several_is_told_with_them()
    {
        var (one, other) = (Built(), Built());
        Assert.Equal(2, await Bf.InvokeAsync(["show", "bld_"]));
        Assert.Contains($"{one}", Error, StringComparison.Ordinal);
        Assert.Contains($"{other}", Error, StringComparison.Ordinal);
        Assert.Equal(4, await Bf.InvokeAsync(["show", "bld_zzz"]));
    }

    [Theory]
    [InlineData("shop")]
    [InlineData(null)]
    public async Task An_app_is_its_newest_build_and_nothing_is_this_folders_app(string? app)
    {
        await File.WriteAllTextAsync(Path.Combine(Bf.Folder, "app.json"), """{"name":"shop"}""");
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(app is null ? ["show"] : ["show", app]));
        Assert.Contains($"{id}", Out, StringComparison.Ordinal);
        Assert.Contains("GET /api/builds?limit=1&app=shop", Broker.Requests);
    }

    [Theory]
    [InlineData("whk_0", "webhooks", "remove")]
    [InlineData("tok_0", "tokens", "revoke", "--force")]
    [InlineData("dep_0", "promote", "shop")]
    [InlineData("dep_0", "keep", "shop")]
    [InlineData("dep_0", "rollback", "shop")]
    public async Task So_is_that_of_other_ids(string beginning, params string[] command)
    {
        Assert.Equal(0, await Bf.InvokeAsync([.. command.Where(word => !word.StartsWith('-')), beginning, .. command.Where(word => word.StartsWith('-'))]));
        Assert.Equal(4, await Bf.InvokeAsync([.. command.Where(word => !word.StartsWith('-')), beginning + "zzz", .. command.Where(word => word.StartsWith('-'))]));
    }

    [Fact]
    public async Task What_is_no_id_and_no_app_is_a_fault_of_usage()
    {
        Assert.Equal(2, await Bf.InvokeAsync(["logs", "Not-A-Thing!"]));
        Assert.Contains("no build's id", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_advice_names_the_build_that_was_found()
    {
        var id = Built(build => build with { Status = BuildStatus.Success });
        Assert.Equal(3, await Bf.InvokeAsync(["cancel", "shop"]));
        Assert.Contains($"bf show {id}", Error, StringComparison.Ordinal);
    }
}
