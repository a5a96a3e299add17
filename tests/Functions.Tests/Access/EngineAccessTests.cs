using System.Net;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

/// <summary>The pages and the management API of the engine, under the broker's tokens.</summary>
public sealed class EngineAccessTests : IAsyncLifetime
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";
    private BrokerHost _host = null!;

    public async Task InitializeAsync() => _host = await BrokerHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/_durable/")]
    [InlineData(Instances)]
    public async Task A_caller_on_this_machine_needs_the_token_of_an_administrator_too(string path)
    {
        using var deployer = await _host.ClientAsync(Right.Deploy);
        using var scoped = await _host.ClientAsync(Right.Admin, "shop");
        using var stranger = await _host.Stranger.GetAsync(path);
        using var less = await deployer.GetAsync(path);
        using var some = await scoped.GetAsync(path);
        using var admin = await _host.Http.GetAsync(path);

        await stranger.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
        await less.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        await some.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
    }

    [Fact]
    public async Task What_is_changed_there_is_in_the_audit_log()
    {
        var build = await _host.Http.TriggerAsync();

        using var refused = await _host.Stranger.PostAsync($"{Instances}/{build.Id}/terminate", null);
        using var ended = await _host.Http.PostAsync($"{Instances}/{build.Id}/terminate", null);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Accepted), (refused.StatusCode, ended.StatusCode));
        var page = await _host.Http.GetStringAsync("/api/audit?action=ManageEngine");
        var entry = Assert.Single(System.Text.Json.JsonSerializer.Deserialize(page, ContractsJson.Default.AuditPage)!.Items);
        Assert.Equal((202, AuditOutcome.Answered), (entry.Status, entry.Outcome));
        Assert.Contains($"{build.Id}", entry.Target);
        Assert.Contains("terminate", entry.Detail);
    }
}
