using BuildFunctions.Cli.Tests.Fakes;
using BuildFunctions.Contracts.Access;

namespace BuildFunctions.Cli.Tests;

public sealed class TokenTests : BrokerTest
{
    [Fact]
    public async Task A_new_token_is_all_of_standard_output()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["tokens", "create", "ci of shop", "--right", "deploy", "--app", "shop", "--app", "blog", "--days", "30"]));

        Assert.Equal(FakeTokens.Secret, Out.Trim());
        Assert.DoesNotContain(FakeTokens.Secret, Error, StringComparison.Ordinal);
        Assert.Contains("'deploy' on shop, blog", Error, StringComparison.Ordinal);
        var request = Assert.Single(Broker.TokenRequests);
        Assert.Equal(("ci of shop", Right.Deploy, 30L * 24 * 3600), (request.Label, request.Right, request.ExpiresIn));
        Assert.Equal(["shop", "blog"], request.Apps!.Select(app => $"{app}"));
    }

    [Fact]
    public async Task A_token_is_not_made_twice_when_the_answer_is_lost()
    {
        Broker.LostAnswers = 1;

        Assert.Equal(6, await Bf.InvokeAsync(["tokens", "create", "ci", "--right", "read"]));

        Assert.Single(Broker.TokenRequests);
    }

    [Theory]
    [InlineData("tokens", "create", "ci")]
    [InlineData("tokens", "create", "ci", "--right", "root")]
    [InlineData("tokens", "create", "ci", "--right", "read", "--app", "Not A Name")]
    [InlineData("tokens", "create", "ci", "--right", "read", "--days", "0")]
    [InlineData("tokens", "revoke", "bf_a-token-itself")]
    public async Task What_makes_no_sense_is_not_sent(params string[] arguments)
    {
        Assert.Equal(2, await Bf.InvokeAsync(arguments));

        Assert.Empty(Broker.Requests);
        Assert.DoesNotContain("bf_a-token-itself", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_admin_token_is_kept_unless_forced()
    {
        var id = $"{FakeTokens.Ci.Id}";

        Assert.Equal(3, await Bf.InvokeAsync(["tokens", "revoke", id]));
        Assert.Contains("it is last-admin-token", Error, StringComparison.Ordinal);
        Assert.Equal(0, await Bf.InvokeAsync(["tokens", "revoke", id, "--force"]));
    }

    [Fact]
    public async Task Audit_asks_for_what_was_asked_and_says_what_is_unknown()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["audit", "--app", "shop", "--since", "2026-01-01T00:00:00Z", "--limit", "5"]));

        Assert.Equal("GET /api/audit?limit=5&app=shop&since=2026-01-01T00%3A00%3A00Z", Broker.Requests.Single());
        Assert.Contains("ci (tok_0123456789abcdef0123)\t127.0.0.1\tPromote\t\tdep_1\t200", Out, StringComparison.Ordinal);
        Assert.Contains("broker\t\tSweep\t\t\tunknown", Out, StringComparison.Ordinal);
    }
}
