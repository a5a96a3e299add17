using BuildFunctions.Cli.Tests.Fakes;

namespace BuildFunctions.Cli.Tests;

public sealed class ServerCommandTests : BrokerTest
{
    private string[] Add => ["servers", "add", "one", "--host", "2001:db8::7", "--port", "2222", "--user", "builder", "--key", "key"];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        File.WriteAllText(Path.Combine(Bf.Folder, "key"), "the key");
    }

    [Fact]
    public async Task A_server_is_added_with_the_host_key_that_was_named()
    {
        Assert.Equal(0, await Bf.InvokeAsync([.. Add, "--host-key", FakeServers.HostKey, "--label", "fast", "--label", "big", "--slots", "2", "--workspace-root", "/srv/builds"]));

        var request = Assert.Single(Broker.Servers.Requests);
        Assert.Equal(("one", "2001:db8::7", 2222, "builder", "the key", FakeServers.HostKey), (request.Name, request.Host, request.Port, request.User, request.PrivateKey, request.HostKey));
        Assert.Equal(["fast", "big"], request.Labels);
        Assert.Equal((2, "/srv/builds", false), (request.Slots, request.WorkspaceRoot, request.TrustOnFirstUse));
        Assert.Contains("builder@[2001:db8::7]:2222", Out, StringComparison.Ordinal);
        Assert.DoesNotContain("the key", Out + Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_shown_the_host_key_and_answers()
    {
        (Bf.Terminal, Bf.Input) = (true, "y\n");
        Assert.Equal(0, await Bf.InvokeAsync(Add));

        Assert.Equal([null, FakeServers.HostKey], Broker.Servers.Requests.Select(request => request.HostKey));
        Assert.Contains(FakeServers.HostKey, Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "n\n", 2)]
    [InlineData(false, "", 3)]
    public async Task Nothing_is_trusted_silently(bool terminal, string input, int exit)
    {
        (Bf.Terminal, Bf.Input) = (terminal, input);
        Assert.Equal(exit, await Bf.InvokeAsync(Add));

        Assert.Null(Assert.Single(Broker.Servers.Requests).HostKey);
        Assert.Contains(FakeServers.HostKey, Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trust_on_first_use_must_be_said()
    {
        Assert.Equal(0, await Bf.InvokeAsync([.. Add, "--trust-on-first-use"]));

        Assert.True(Assert.Single(Broker.Servers.Requests).TrustOnFirstUse);
    }

    [Fact]
    public async Task The_passphrase_is_read_from_standard_input()
    {
        Bf.Input = "open sesame\n";
        Assert.Equal(0, await Bf.InvokeAsync([.. Add, "--passphrase", "--trust-on-first-use"]));

        Assert.Equal("open sesame", Assert.Single(Broker.Servers.Requests).Passphrase);
    }

    [Fact]
    public async Task Servers_are_listed_and_shown()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["servers", "list"]));
        Assert.Equal(0, await Bf.InvokeAsync(["servers", "show", "one"]));

        Assert.Contains("x86_64, 64 cores", Out, StringComparison.Ordinal);
        Assert.Contains("64GB of 128GB memory free", Out, StringComparison.Ordinal);
        Assert.Contains("gcc 13.2", Out, StringComparison.Ordinal);
        Assert.Contains("podman 5.0", Out, StringComparison.Ordinal);
        Assert.Contains("-3 seconds off", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_fails_where_the_server_takes_no_builds()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["servers", "test", "one"]));
        Broker.Servers.Trouble = "nothing listens there";
        Assert.Equal(3, await Bf.InvokeAsync(["servers", "test", "one"]));

        Assert.Contains("one: nothing listens there", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_drained_resumed_and_removed()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["servers", "drain", "one", "--reason", "new disk"]));
        Assert.Equal(0, await Bf.InvokeAsync(["servers", "resume", "one"]));
        Assert.Equal(0, await Bf.InvokeAsync(["servers", "remove", "one"]));

        Assert.Contains("1 still run there", Error, StringComparison.Ordinal);
        Assert.Contains("one is removed", Error, StringComparison.Ordinal);
    }
}
