using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

/// <summary>Without a verb it lists.</summary>
internal sealed class CacheCommand : BfCommand
{
    private readonly Option<AppName> _app = Given.RequiredApp();

    public CacheCommand(Session session)
        : base("cache", "What builds of an app may reuse: cache list --app APP, cache clear --app APP", session)
    {
        _app.Recursive = true;
        Options.Add(_app);
        Subcommands.Add(new CacheListCommand(session, _app));
        Subcommands.Add(new CacheClearCommand(session, _app));
    }

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted) => CacheListCommand.ListAsync(run, run.Get(_app), interrupted);
}
