using System.Text;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Broker.Tests.Ssh;

public sealed class SshConnectionTests : IAsyncLifetime
{
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token;
    private readonly SshOptions _options = new() { Silence = TimeSpan.FromSeconds(20), FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(50) };
    private SshServer _server = null!;

    private SshAddress Address => new("127.0.0.1", _server.Port, SshServer.User);

    public async Task InitializeAsync() => _server = await SshServer.StartAsync();

    public Task DisposeAsync()
    {
        _server.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_command_gives_its_output_its_errors_and_its_end()
    {
        using var connection = Connect();

        var answer = await RunAsync(connection, "echo out; echo err >&2; exit 7");

        Assert.Equal((7, "out\n", "err\n"), (answer.Exit, Text(answer), answer.Errors));
    }

    [Fact]
    public async Task What_is_written_to_a_command_arrives_whole()
    {
        using var connection = Connect();
        var sent = new byte[3_000_000];
        Random.Shared.NextBytes(sent);

        var answer = await connection.RunAsync("sha256sum", (stream, token) => stream.WriteAsync(sent, token).AsTask(), 1000, _deadline);

        Assert.StartsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(sent)), Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_key_is_shown_before_anybody_logs_in()
    {
        var shown = await new SshConnections(_options, TimeProvider.System).LookAsync(Address, _deadline);

        Assert.Equal((_server.Fingerprint, "ssh-ed25519"), (shown.Fingerprint, shown.Kind));
        Assert.DoesNotContain("Accepted", _server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_host_key_is_refused_before_the_key_is_shown_to_it()
    {
        var target = Target();
        await _server.ChangeHostKeyAsync();
        using var connection = new SshConnection(target, _options, TimeProvider.System);

        var trouble = await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "echo in"));

        Assert.Equal((SshTrouble.HostKey, true), (trouble.Trouble, trouble.NothingSent));
        Assert.Contains(_server.Fingerprint, trouble.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Accepted", _server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_is_told_apart()
    {
        _server.RejectKeys();
        using var connection = Connect();

        var trouble = await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "echo in"));

        Assert.Equal(SshTrouble.Login, trouble.Trouble);
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task A_key_with_a_passphrase_logs_in(string kind)
    {
        var key = _server.NewUserKey(kind, "open sesame");
        using var connection = new SshConnection(Target() with { Login = new(key, "open sesame") }, _options, TimeProvider.System);

        Assert.Equal("in\n", Text(await RunAsync(connection, "echo in")));
        Assert.Equal("passphrase", new SshLogin(key).Fault()?.Field);
        Assert.NotNull(new SshLogin(key, "wrong").Fault());
    }

    [Fact]
    public async Task A_certificate_logs_in_where_its_key_alone_does_not()
    {
        var (key, certificate) = _server.NewCertifiedKey();
        using var bare = new SshConnection(Target() with { Login = new(key) }, _options, TimeProvider.System);
        using var certified = new SshConnection(Target() with { Login = new(key, Certificate: certificate) }, _options, TimeProvider.System);

        Assert.Equal(SshTrouble.Login, (await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(bare, "echo in"))).Trouble);
        Assert.Equal("in\n", Text(await RunAsync(certified, "echo in")));
    }

    [Fact]
    public async Task Commands_at_once_share_one_connection_and_keep_to_its_sessions()
    {
        using var connection = new SshConnection(Target(), new SshOptions { Sessions = 3 }, TimeProvider.System);
        await RunAsync(connection, "true");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => RunAsync(connection, $"echo {number}")));

        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"{number}\n"), answers.Select(Text));
        Assert.Single(_server.Log.Split('\n'), line => line.StartsWith("Accepted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_broke_is_told_and_opened_again()
    {
        using var connection = Connect();
        var cut = RunAsync(connection, "echo begun > /dev/null; sleep 60");
        await Until.TrueAsync("the command runs", () => _server.Connections > 0 && connection.IsOpen);
        _server.CutAll();

        Assert.Equal(SshTrouble.Cut, (await Assert.ThrowsAsync<SshTroubleException>(() => cut)).Trouble);
        Assert.Equal("again\n", Text(await RunAsync(connection, "echo again")));
    }

    [Fact]
    public async Task A_connection_over_which_nothing_comes_is_given_up()
    {
        using var connection = new SshConnection(Target(), new SshOptions { Silence = TimeSpan.FromSeconds(6) }, TimeProvider.System);
        await RunAsync(connection, "true");
        _server.Freeze();

        Assert.Equal(SshTrouble.Cut, (await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "echo never"))).Trouble);
        _server.Thaw();
        Assert.False(connection.IsOpen);
    }

    [Fact]
    public async Task A_machine_that_is_down_is_left_alone_for_a_while()
    {
        using var connection = new SshConnection(Target(), new SshOptions { FirstPause = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        _server.Stop();

        Assert.Equal(SshTrouble.Unreachable, (await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "true"))).Trouble);
        var resting = await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "true"));
        await _server.StartAgainAsync();
        connection.Wake();

        Assert.Equal(SshTrouble.Resting, resting.Trouble);
        Assert.Contains("nothing listens there", resting.Message, StringComparison.Ordinal);
        Assert.Equal("up\n", Text(await RunAsync(connection, "echo up")));
    }

    [Fact]
    public async Task A_machine_that_sends_without_end_is_cut_off()
    {
        using var connection = Connect();

        Assert.Equal(SshTrouble.Answer, (await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "yes"))).Trouble);
        Assert.Equal(SshTrouble.Answer, (await Assert.ThrowsAsync<SshTroubleException>(() => RunAsync(connection, "yes >&2"))).Trouble);
    }

    [Fact]
    public async Task A_file_is_read_from_where_it_is_wanted()
    {
        using var connection = Connect();
        await RunAsync(connection, $"mkdir -p {_server.Workspace}; printf 0123456789 > {_server.Workspace}/digits");

        await using var file = await connection.OpenFileAsync($"{_server.Workspace}/digits", 4, _deadline);
        using var reader = new StreamReader(file);

        Assert.Equal("456789", await reader.ReadToEndAsync(_deadline));
    }

    private static string Text(SshAnswer answer) => Encoding.UTF8.GetString(answer.Output.Span);

    private SshTarget Target() => new(Address, new(_server.PrivateKey), _server.Fingerprint);

    private SshConnection Connect() => new(Target(), _options, TimeProvider.System);

    private Task<SshAnswer> RunAsync(SshConnection connection, string command) => connection.RunAsync($"sh -c '{command}'", null, 100_000, _deadline);
}
