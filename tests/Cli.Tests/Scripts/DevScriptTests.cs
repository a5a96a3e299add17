using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Cli.Tests.Scripts;

/// <summary>What <c>./dev</c> does around the programs that it starts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DevScriptTests : IDisposable
{
    private readonly DevCheckout _checkout = new();

    [Theory]
    [InlineData("deploy", ".")]
    [InlineData("bf", "detect", ".")]
    public async Task Paths_belong_to_where_the_person_stands(params string[] arguments)
    {
        var app = Directory.CreateDirectory(Path.Combine(_checkout.Root, "elsewhere", "my app")).FullName;
        var (code, output, error) = await _checkout.RunAsync(app, arguments);
        Assert.True(code == 0, error);
        Assert.Equal($"{app}|{string.Join(' ', arguments is ["bf", .. var rest] ? rest : arguments)}|{app}/config\n", output);
    }

    [Fact]
    public async Task Several_deploys_at_once_start_one_broker_and_down_ends_it()
    {
        var deploys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _checkout.RunAsync(_checkout.Root, "deploy", ".")));
        Assert.All(deploys, deploy => Assert.True(deploy.Code == 0, deploy.Error));
        var host = Assert.Single(_checkout.Hosts);
        Assert.True(DevCheckout.Lives(host));

        var (code, _, error) = await _checkout.RunAsync(_checkout.Root, "down");
        Assert.True(code == 0, error);
        Assert.Contains("stopped", error, StringComparison.Ordinal);
        Assert.False(DevCheckout.Lives(host));
        Assert.False(File.Exists(_checkout.PidFile));
    }

    [Fact]
    public async Task A_second_up_is_refused_and_takes_nothing_from_the_first()
    {
        await _checkout.RunAsync(_checkout.Root, "deploy", ".");
        var remembered = await File.ReadAllTextAsync(_checkout.PidFile);
        var (code, _, error) = await _checkout.RunAsync(_checkout.Root, "up");
        Assert.Equal(1, code);
        Assert.Contains("runs already", error, StringComparison.Ordinal);
        Assert.Equal(remembered, await File.ReadAllTextAsync(_checkout.PidFile));
        Assert.True(DevCheckout.Lives(Assert.Single(_checkout.Hosts)));
    }

    [Fact]
    public async Task Down_ends_a_broker_whose_script_was_killed()
    {
        await _checkout.RunAsync(_checkout.Root, "deploy", ".");
        var script = int.Parse((await File.ReadAllTextAsync(_checkout.PidFile)).Split(' ')[0]);
        using (var process = System.Diagnostics.Process.GetProcessById(script))
        {
            process.Kill();
            await Until.TrueAsync("the script is gone", () => !DevCheckout.Lives(script));
        }

        var host = Assert.Single(_checkout.Hosts);
        Assert.True(DevCheckout.Lives(host));
        Assert.Equal(0, (await _checkout.RunAsync(_checkout.Root, "down")).Code);
        await Until.TrueAsync("the host is gone", () => !DevCheckout.Lives(host));
    }

    [Fact]
    public async Task Down_leaves_what_it_did_not_start_and_says_so()
    {
        var (nothing, _, none) = await _checkout.RunAsync(_checkout.Root, "down");
        Assert.Equal(0, nothing);
        Assert.Contains("No broker", none, StringComparison.Ordinal);

        using var other = new TcpListener(IPAddress.Loopback, _checkout.Port);
        other.Start();
        var (code, _, error) = await _checkout.RunAsync(_checkout.Root, "down");
        Assert.Equal(1, code);
        Assert.Contains($"port {_checkout.Port}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_takes_long_tells_its_steps_where_there_is_no_terminal_and_moves_where_there_is_one()
    {
        _checkout.Replace(
            "dotnet",
            """
            #!/bin/sh
            while [ "$1" != -o ]; do shift; done
            echo "  Determining projects to restore..."
            sleep 0.5
            echo "  BuildFunctions.Contracts -> /somewhere/BuildFunctions.Contracts.dll"
            mkdir -p "$2" && printf '#!/bin/sh\necho built\n' >"$2/bf" && chmod +x "$2/bf"
            """);
        _checkout.ForgetClient();
        var (code, output, error) = await _checkout.RunAsync(_checkout.Root, "bf");
        Assert.Equal((0, "built\n"), (code, output));
        Assert.Matches("(?s)Building src/Cli….*restoring packages.*compiled BuildFunctions.Contracts.*done in ", error);

        _checkout.ForgetClient();
        var (again, shown, _) = await _checkout.RunInTerminalAsync("bf");
        Assert.Equal(0, again);
        Assert.Matches("\r\u001b\\[K[|/\\\\-] Building src/Cli, \\d+ s: (restoring packages|compiled|starting)", shown);
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_log()
    {
        _checkout.Replace("dotnet", "#!/bin/sh\necho 'error CS1002: ; expected'\nexit 1\n");
        _checkout.ForgetClient();
        var (code, _, error) = await _checkout.RunAsync(_checkout.Root, "bf");
        Assert.Equal(1, code);
        Assert.Contains("CS1002", error, StringComparison.Ordinal);
    }

    public void Dispose() => _checkout.Dispose();
}
