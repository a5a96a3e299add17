namespace BuildFunctions.Cli.Tests;

/// <summary>Deployments, variables, removal and artifacts of apps.</summary>
public sealed class AppCommandTests : BrokerTest
{
    private const string Deployment = "dep_00000000000000000000000000";

    [Fact]
    public async Task Deployments_are_listed_with_the_ids_that_rollback_takes()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deployments", "shop"]));
        Assert.Contains($"{Deployment}\tlive\t", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_are_set_for_the_app_of_this_folder_where_none_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(Bf.Folder, "app.json"), """{"name":"shop"}""");
        Assert.Equal(0, await Bf.InvokeAsync(["env", "set", "COLOR=red", "URL=a=b"]));
        Assert.Equal(("red", "a=b"), (Broker.Tokens["COLOR"], Broker.Tokens["URL"]));
        Assert.Equal(0, await Bf.InvokeAsync(["env", "list"]));
        Assert.Contains("COLOR\tred", Out, StringComparison.Ordinal);
        Assert.Equal(0, await Bf.InvokeAsync(["env", "unset", "COLOR"]));
        Assert.Equal("DELETE /api/apps/shop/env/COLOR", Broker.Requests.Last());
    }

    [Theory]
    [InlineData("DELETE /api/apps/shop", "shop")]
    [InlineData($"DELETE /api/apps/shop/deployments/{Deployment}", "shop", Deployment)]
    [InlineData($"DELETE /api/apps/shop/deployments/{Deployment}", "dep_0000")]
    public async Task Removing_asks_and_does_nothing_where_nobody_can_be_asked(string request, params string[] what)
    {
        Assert.Equal(2, await Bf.InvokeAsync(["rm", .. what]));
        Assert.DoesNotContain(request, Broker.Requests);
        Bf.Terminal = true;
        Bf.Input = "n\n";
        Assert.Equal(2, await Bf.InvokeAsync(["rm", .. what]));
        Assert.DoesNotContain(request, Broker.Requests);
        Bf.Input = "y\n";
        Assert.Equal(0, await Bf.InvokeAsync(["rm", .. what]));
        Assert.Single(Broker.Requests, request);
        Assert.Equal(0, await Bf.InvokeAsync(["rm", .. what, "--yes"]));
    }

    [Fact]
    public async Task An_artifact_is_downloaded_whole_also_over_a_connection_that_breaks_and_replaces_nothing_unasked()
    {
        var id = Built();
        Broker.LostAnswers = 1;
        Assert.Equal(0, await Bf.InvokeAsync(["download", $"{id}"]));
        var path = Path.Combine(Bf.Folder, $"{id}.tar.gz");
        Assert.Equal($"{path}\n", Out);
        Assert.Equal(Fakes.FakeBroker.Artifact, await File.ReadAllBytesAsync(path));
        Assert.Equal(2, await Bf.InvokeAsync(["download", $"{id}"]));
        Assert.Equal(0, await Bf.InvokeAsync(["download", $"{id}", "--force"]));
        Assert.Equal(0, await Bf.InvokeAsync(["download", $"{id}", "--output", "named.tgz"]));
        Assert.True(File.Exists(Path.Combine(Bf.Folder, "named.tgz")));
    }

    [Fact]
    public async Task An_artifact_that_arrives_damaged_is_not_kept()
    {
        var id = Built();
        Broker.DamagedArtifacts = true;
        Assert.Equal(70, await Bf.InvokeAsync(["download", $"{id}"]));
        Assert.Empty(Directory.GetFiles(Bf.Folder, $"{id}*"));
    }

    [Theory]
    [InlineData("bf logs ", "shop")]
    [InlineData("bf logs bld_", "bld_")]
    [InlineData("bf rollback shop ", Deployment)]
    [InlineData("bf open ", "shop")]
    [InlineData("bf list --app ", "shop")]
    [InlineData("bf prom", "promote")]
    public async Task A_shell_is_offered_what_there_is(string line, string offered)
    {
        Built();
        Assert.Equal(0, await Bf.InvokeAsync([$"[suggest:{line.Length}]", line]));
        Assert.Contains(offered, Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_is_offered_nothing_and_told_nothing_without_a_broker()
    {
        await Broker.StopAsync();
        Assert.Equal(0, await Bf.InvokeAsync(["[suggest:8]", "bf open "]));
        Assert.Equal("", Error);
        await Broker.StartAgainAsync();
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_is_written_for_shells(string shell)
    {
        Assert.Equal(0, await Bf.InvokeAsync(["completion", shell]));
        Assert.Contains("[suggest:", Out, StringComparison.Ordinal);
    }
}
