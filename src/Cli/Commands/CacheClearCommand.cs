using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class CacheClearCommand(Session session, Option<AppName> app) : BfCommand("clear", "Forget it, so that the next build is a real one", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var cleared = await broker.ClearCacheAsync(run.Get(app), run.Shell.NewKey(), interrupted);
        return run.Show(cleared, ContractsJson.Default.CachedReleaseArray, terminal => terminal.Say($"{cleared.Length} cached releases of {run.Get(app)} are forgotten."));
    }
}
