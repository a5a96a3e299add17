using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tokens;

namespace BuildFunctions.Broker.Tests.Tokens;

public sealed class TokenStoreTests
{
    [Fact]
    public async Task A_token_is_valid_from_its_issue_to_its_end_and_stored_only_as_a_hash()
    {
        var storage = await Containers.StorageAsync();
        var tokens = new TokenStore(storage, TimeProvider.System);
        Assert.False(await tokens.AnyAsync(default));

        var token = await tokens.IssueAsync("mine", default);
        Assert.True(await tokens.IsValidAsync(token, default));
        Assert.False(await tokens.IsValidAsync(token + "x", default));
        await foreach (var row in storage.Tokens.QueryAsync<Azure.Data.Tables.TableEntity>())
        {
            Assert.DoesNotContain(row.Keys, column => $"{row[column]}".Contains(token));
        }

        await tokens.RevokeAsync(token, default);
        Assert.False(await tokens.IsValidAsync(token, default));
        Assert.False(await new TokenStore(storage, TimeProvider.System).IsValidAsync(token, default));
    }
}
