using System.Text;
using Azure.Data.Tables;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tokens;

namespace BuildFunctions.Broker.Tests.Secrets;

public sealed class SecretStoreTests
{
    private static readonly SecretScope _shop = SecretScope.Of(Names.App("shop"));

    [Fact]
    public async Task A_value_comes_back_for_its_app_alone_and_is_nowhere_in_its_row()
    {
        var (storage, store, _) = await NewAsync();
        const string Value = "s3cret-\"value\"\nof two lines";

        var set = await store.SetAsync(_shop, "API_KEY", Value, default);

        Assert.Equal(("API_KEY", Names.App("shop")), (set.Name, set.App));
        Assert.Equal(Value, await store.ReadAsync(_shop, "API_KEY", default));
        Assert.Null(await store.ReadAsync(SecretScope.Everyone, "API_KEY", default));
        Assert.Null(await store.ReadAsync(SecretScope.Of(Names.App("shop-2")), "API_KEY", default));
        await foreach (var row in storage.Secrets.QueryAsync<TableEntity>())
        {
            Assert.True(row.GetBinary("Value").AsSpan().IndexOf(Encoding.UTF8.GetBytes(Value)) < 0);
        }
    }

    [Fact]
    public async Task A_row_put_in_anothers_place_does_not_open()
    {
        var (storage, store, _) = await NewAsync();
        await store.SetAsync(_shop, "API_KEY", "the shop's value", default);
        var row = await storage.Secrets.QueryAsync<TableEntity>().SingleAsync();
        row.PartitionKey = "app|thief";
        await storage.Secrets.AddEntityAsync(row);

        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(
            () => store.ReadAsync(SecretScope.Of(Names.App("thief")), "API_KEY", default));
    }

    [Fact]
    public async Task Another_value_is_another_version_and_the_same_value_is_not()
    {
        var (_, store, _) = await NewAsync();

        var first = await store.SetAsync(_shop, "KEY", "value one", default);
        var same = await store.SetAsync(_shop, "KEY", "value one", default);
        var second = await store.SetAsync(_shop, "KEY", "value two", default);

        Assert.Equal(first.Version, same.Version);
        Assert.NotEqual(first.Version, second.Version);
    }

    [Fact]
    public async Task What_was_replaced_or_removed_is_masked_for_a_day_and_then_gone()
    {
        var (storage, store, time) = await NewAsync();
        await store.SetAsync(_shop, "KEY", "value one", default);
        await store.SetAsync(_shop, "KEY", "value two", default);
        Assert.True(await store.RemoveAsync(_shop, "KEY", default));
        Assert.False(await store.RemoveAsync(_shop, "KEY", default));

        Assert.Empty(await store.ListAsync(_shop, default));
        Assert.Null(await store.ReadAsync(_shop, "KEY", default));
        Assert.Equal(["value one", "value two"], (await store.ValuesAsync(_shop, default)).Order());
        Assert.Equal(0, await store.ForgetRetiredAsync(default));

        time.Now += TimeSpan.FromHours(25);
        Assert.Empty(await store.ValuesAsync(_shop, default));
        Assert.Equal(2, await store.ForgetRetiredAsync(default));
        Assert.Empty(await storage.Secrets.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_no_value_that_a_run_may_have_been_given()
    {
        var (_, store, _) = await NewAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => store.SetAsync(_shop, "KEY", $"value {number}", default)));

        Assert.Single(await store.ListAsync(_shop, default));
        Assert.Equal(8, (await store.ValuesAsync(_shop, default)).Count);
    }

    [Theory]
    [InlineData("1KEY", "value")]
    [InlineData("KE-Y", "value")]
    [InlineData("", "value")]
    [InlineData("KEY", "")]
    [InlineData("KEY", "nul\0")]
    public async Task A_name_or_value_that_no_variable_can_have_is_refused(string name, string value)
    {
        var (_, store, _) = await NewAsync();

        var refused = await Assert.ThrowsAsync<RejectedException>(() => store.SetAsync(_shop, name, value, default));

        Assert.Equal("VALIDATION", refused.Code);
    }

    [Fact]
    public async Task The_largest_value_is_kept_and_one_byte_more_is_refused()
    {
        var (_, store, _) = await NewAsync();
        var largest = new string('x', SecretStore.LargestValue);

        await store.SetAsync(_shop, "KEY", largest, default);

        Assert.Equal(largest, await store.ReadAsync(_shop, "KEY", default));
        await Assert.ThrowsAsync<RejectedException>(() => store.SetAsync(_shop, "KEY", largest + "x", default));
    }

    [Fact]
    public async Task A_build_gets_its_apps_secret_before_the_brokers_and_is_refused_what_is_missing()
    {
        var (storage, store, _) = await NewAsync();
        var secrets = new BuildSecrets(store, new BrokerKey(storage));
        var app = Names.App("shop");
        await store.SetAsync(SecretScope.Everyone, "SHARED", "everyone's", default);
        await store.SetAsync(SecretScope.Everyone, "BOTH", "everyone's", default);
        await store.SetAsync(_shop, "BOTH", "the shop's", default);

        var opened = await secrets.OpenAsync(app, ["SHARED", "BOTH"], default);

        Assert.Equal("everyone's", opened["SHARED"]);
        Assert.Equal("the shop's", opened["BOTH"]);
        await secrets.RequireAsync(app, ["SHARED"], default);
        var refused = await Assert.ThrowsAsync<RejectedException>(() => secrets.RequireAsync(app, ["SHARED", "GONE"], default));
        Assert.Contains("'GONE'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'SHARED'", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RejectedException>(() => secrets.OpenAsync(app, ["GONE"], default));
    }

    [Fact]
    public async Task The_fingerprint_changes_with_a_secret_that_counts_and_with_no_other()
    {
        var (storage, store, _) = await NewAsync();
        var secrets = new BuildSecrets(store, new BrokerKey(storage));
        var app = Names.App("shop");
        await store.SetAsync(SecretScope.Everyone, "KEY", "value one", default);
        var first = await secrets.FingerprintAsync(app, ["KEY"], default);

        await store.SetAsync(SecretScope.Everyone, "OTHER", "value", default);
        Assert.Equal(first, await secrets.FingerprintAsync(app, ["KEY"], default));
        await store.SetAsync(_shop, "KEY", "value one", default);
        Assert.NotEqual(first, await secrets.FingerprintAsync(app, ["KEY"], default));
    }

    private static async Task<(BrokerStorage Storage, SecretStore Store, SetTime Time)> NewAsync()
    {
        var storage = await Containers.StorageAsync();
        var time = new SetTime();
        return (storage, new SecretStore(storage, Protections.Box(storage), time), time);
    }
}
