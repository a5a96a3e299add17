using System.Text.Json;
using BuildFunctions.Cli.Tests.Fakes;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Tests;

public sealed class RetentionTests : BrokerTest
{
    private const string Deployment = "dep_00000000000000000000000000";

    [Fact]
    public async Task Gc_says_what_went_and_that_there_is_more()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["gc"]));

        Assert.Equal("POST /api/retention/run", Broker.Requests.Single());
        Assert.Matches(@"builds\t7\t.*\tbld_1 bld_2\r?\n", Out);
        Assert.Contains("run it again", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gc_dry_run_only_asks()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["gc", "--dry-run"]));

        Assert.Equal("POST /api/retention/run?dryRun=true", Broker.Requests.Single());
        Assert.Contains("Would go", Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was removed", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_shows_each_kind_the_budget_and_that_it_is_full()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["storage"]));

        Assert.Matches(@"artifacts\t1\t1MB", Out);
        Assert.Matches(@"logs\t2\t2", Out);
        Assert.Matches(@"all\t\t.* of ", Out);
        Assert.Contains(FakeRetention.Use.Full!, Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_listed_with_those_that_sign_no_more_and_json_is_the_set_itself()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["keys", "list"]));
        Assert.Equal(2, FakeRetention.Keys.Keys.Count(key => Out.Contains(key.Kid, StringComparison.Ordinal)));

        Assert.Equal("GET /api/provenance/keys", Broker.Requests.Single());
    }

    [Fact]
    public async Task Keys_list_json_can_be_given_to_verify()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["keys", "list", "--json"]));

        Assert.Equal(FakeRetention.Keys.Keys[0], JsonSerializer.Deserialize(Out, ContractsJson.Default.ProvenanceKeys)!.Keys[0]);
    }

    [Fact]
    public async Task Keys_rotate_asks_once()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["keys", "rotate"]));

        Assert.Equal("POST /api/provenance/keys", Broker.Requests.Single());
    }

    [Fact]
    public async Task Keep_and_keep_off_name_the_deployment_and_previews_show_it()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["keep", "shop", Deployment]));
        Assert.Contains("is kept: http", Error + Out, StringComparison.Ordinal);
        Assert.Equal(0, await Bf.InvokeAsync(["previews", "shop"]));
        Assert.Matches(@"dep_\w+\t.*\tkept\t", Out);
        Assert.Equal(0, await Bf.InvokeAsync(["keep", "shop", Deployment, "--off"]));
        Assert.Contains("no longer", Error + Out, StringComparison.Ordinal);

        Assert.Equal(
            [$"PUT /api/apps/shop/deployments/{Deployment}/keep", "GET /api/apps/shop/previews", $"DELETE /api/apps/shop/deployments/{Deployment}/keep"], Broker.Requests);
    }
}
