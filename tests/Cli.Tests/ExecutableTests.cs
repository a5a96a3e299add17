using System.Diagnostics;
using BuildFunctions.Cli.Tests.Fakes;

namespace BuildFunctions.Cli.Tests;

/// <summary>The real program, without a terminal and in a pseudo terminal.</summary>
public sealed class ExecutableTests : BrokerTest
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "bf");

    [Fact]
    public async Task A_program_gets_data_and_no_escapes()
    {
        var id = Built();
        var (code, output, error) = await RunAsync(_program, "list");
        Assert.Equal(0, code);
        Assert.StartsWith("Build\tApp\t", output, StringComparison.Ordinal);
        Assert.Contains($"{id}", output, StringComparison.Ordinal);
        Assert.Equal("", error);
        Assert.DoesNotContain('\x1b', output);
    }

    [Fact]
    public async Task A_deployment_works_without_a_terminal()
    {
        var (code, output, error) = await RunAsync(_program, "deploy", "My Shop");
        Assert.Equal(0, code);
        Assert.Equal("http://127.0.0.1:7071/sites/my-shop/\n", output);
        Assert.Contains("Build complete: 47s, 2.3MB artifact\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', error);
        Assert.DoesNotContain('\r', error);
    }

    [Fact]
    public async Task A_person_gets_a_table_and_colours()
    {
        Built();
        var (code, output, _) = await RunAsync("script", "-qec", $"{_program} list", "/dev/null");
        Assert.Equal(0, code);
        Assert.Contains("╭", output, StringComparison.Ordinal);
        Assert.Contains('\x1b', output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    public async Task A_table_fits_the_terminal_and_one_without_a_width_counts_as_80(int columns)
    {
        var id = Built(build => build with { Provider = "github", StartedAt = build.CreatedAt, Duration = 47 });
        var (code, output, _) = await RunAsync("script", "-qec", $"stty cols {columns}; {_program} list", "/dev/null");
        Assert.Equal(0, code);
        Assert.Contains($"{id}", output, StringComparison.Ordinal);
        Assert.Contains("╭", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NO_COLOR_is_honoured()
    {
        Built();
        Bf.Environment["NO_COLOR"] = "1";
        var (code, output, _) = await RunAsync("script", "-qec", $"{_program} list", "/dev/null");
        Assert.Equal(0, code);
        Assert.DoesNotContain("\x1b[3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_sees_a_bar()
    {
        var (code, output, _) = await RunAsync("script", "-qec", $"{_program} deploy 'My Shop'", "/dev/null");
        Assert.Equal(0, code);
        Assert.Contains($"[{new string('=', 36)}] 100%", output, StringComparison.Ordinal);
        Assert.Contains("Done! http://127.0.0.1:7071/sites/my-shop/", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_ends_with_130_and_says_how_to_go_on()
    {
        Broker.Hold = new TaskCompletionSource().Task;
        // A shell that runs these tests in the background makes its children ignore the signal.
        using var process = Start("env", "--default-signal=INT", _program, "deploy", "My Shop");
        var error = process.StandardError.ReadToEndAsync();
        await Broker.Holding.Task.WaitAsync(TimeSpan.FromSeconds(60));
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("--follow", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_usage_ends_with_2()
    {
        var (code, output, error) = await RunAsync(_program, "nonsense");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("bf: ", error, StringComparison.Ordinal);
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Bf.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BF_URL"] = Broker.Url, ["BF_TOKEN"] = FakeBroker.Token, ["BF_CONFIG_DIR"] = Bf.ConfigurationFolder, ["TERM"] = "xterm" },
        };
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in Bf.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
