using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing.SecretScan;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Functions.Tests.Servers;

[Collection(SharedBrokerCollection.Name)]
public sealed class ServerTests(SharedBroker shared) : IAsyncLifetime
{
    private readonly string _name = Api.NewApp();
    private SshServer _ssh = null!;

    private HttpClient Http => shared.Host.Http;

    public async Task InitializeAsync() => _ssh = await SshServer.StartAsync();

    public async Task DisposeAsync()
    {
        using var gone = await Http.DeleteAsync($"/api/servers/{_name}");
        _ssh.Dispose();
    }

    [Fact]
    public async Task First_contact_shows_the_host_key_and_adds_nothing()
    {
        using var answer = await Http.TryAddAsync(_ssh.Request(_name) with { HostKey = null });

        var problem = await answer.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Equal(("host-key-unknown", _ssh.Fingerprint), (problem.Fields!["state"].GetString(), problem.Fields["hostKey"].GetString()));
        using var missing = await Http.GetAsync($"/api/servers/{_name}");
        await missing.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_server_is_added_probed_listed_and_removed_and_its_key_never_comes_out()
    {
        var (passphrase, request) = (Canary.New("passphrase"), _ssh.Request(_name));
        var added = await Http.AddAsync(request with { HostKey = null, TrustOnFirstUse = true, PrivateKey = _ssh.NewUserKey("ed25519", passphrase.Value), Passphrase = passphrase.Value, Labels = ["fast"] });

        Assert.Equal((_name, _ssh.Fingerprint, true, null), (added.Name, added.HostKey, added.Health!.Reachable, added.Health.Reason));
        Assert.Equal(Environment.ProcessorCount, added.Health.Cores);
        var shown = await Http.GetStringAsync("/api/servers") + await Http.GetStringAsync($"/api/servers/{_name}");
        Assert.Contains($"\"name\":\"{_name}\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", shown, StringComparison.Ordinal);
        var scanner = new SecretScanner([passphrase]);
        scanner.Look("answers", shown);
        Assert.Empty(scanner.Findings);
        using var twice = await Http.TryAddAsync(request);
        await twice.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        using var removed = await Http.DeleteAsync($"/api/servers/{_name}");
        using var again = await Http.DeleteAsync($"/api/servers/{_name}");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Every_fault_of_a_server_is_told_at_once()
    {
        using var answer = await Http.TryAddAsync(new()
        {
            Name = "No Name",
            Host = "-oProxyCommand=x",
            User = "-l",
            Port = 0,
            PrivateKey = "no key",
            HostKey = "MD5:1",
            Labels = ["a b"],
            Slots = 0,
            WorkspaceRoot = "/tmp/../etc",
        });

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        Assert.Equal(["name", "host", "port", "user", "hostKey", "labels", "slots", "workspaceRoot", "privateKey"], problem.FaultyFields());
        Assert.DoesNotContain("no key", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_and_a_test_finds_it_back()
    {
        await Http.AddAsync(_ssh.Request(_name));
        _ssh.Stop();
        using var away = await Http.PostAsync($"/api/servers/{_name}/test", null);
        var asked = await Http.ServerAsync(_name);
        await _ssh.StartAgainAsync();
        using var back = await Http.PostAsync($"/api/servers/{_name}/test", null);

        Assert.Equal((false, 1), (asked.Health!.Reachable, asked.Health.Failures));
        Assert.Contains("nothing listens there", asked.Health.Reason, StringComparison.Ordinal);
        Assert.True((await Http.ServerAsync(_name)).Health!.Reachable);
    }

    [Fact]
    public async Task Drained_is_shown_with_its_reason_until_resumed()
    {
        await Http.AddAsync(_ssh.Request(_name));
        using var drain = await Http.PostAsJsonAsync($"/api/servers/{_name}/drain", new { reason = "new disk" });
        var drained = await Http.ServerAsync(_name);
        using var resume = await Http.PostAsync($"/api/servers/{_name}/resume", null);
        var resumed = await Http.ServerAsync(_name);

        Assert.Equal((true, "new disk"), (drained.Drained, drained.DrainReason));
        Assert.Equal((false, null), (resumed.Drained, resumed.DrainReason));
    }

    [Fact]
    public async Task A_stranger_neither_sees_nor_adds_servers()
    {
        using var list = await shared.Host.Stranger.GetAsync("/api/servers");
        using var add = await shared.Host.Stranger.TryAddAsync(_ssh.Request(_name));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (list.StatusCode, add.StatusCode));
    }
}
