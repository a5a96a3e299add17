using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class VersionCommand(Session session) : BfCommand("version", "Say which version of bf this is", session)
{
    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var version = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);
        return Task.FromResult(run.Show(new VersionAnswer(version), CliJson.Default.VersionAnswer, terminal => terminal.Data($"bf {version}")));
    }
}
