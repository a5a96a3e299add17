using System.Diagnostics;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Broker;

/// <summary>The published command line client, without a terminal.</summary>
public sealed class Bf(RunningBroker broker)
{
    public async Task<BfResult> RunAsync(params string[] arguments) => await Start(arguments).EndAsync();

    /// <summary>Runs a command that must end well, and answers with its data.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        return result.Code == 0
            ? result.Output.TrimEnd('\n')
            : throw new InvalidOperationException($"bf {string.Join(' ', arguments)} ended with {result.Code}:\n{result.Error}\n{result.Output}\nThe broker says:\n{broker.Tail()}");
    }

    public BfProcess Start(params string[] arguments) => new(Process.Start(new ProcessStartInfo(Published.Cli, arguments)
    {
        WorkingDirectory = broker.Scratch,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["BF_CONFIG_DIR"] = broker.Configuration, ["BF_URL"] = "", ["BF_TOKEN"] = "" },
    })!);
}
