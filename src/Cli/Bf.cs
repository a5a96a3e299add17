using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.Json;
using BuildFunctions.Cli.Commands;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli;

/// <summary>All of <c>bf</c> but the process around it.</summary>
internal sealed class Bf(Shell shell)
{
    public async Task<int> RunAsync(string[] arguments, CancellationToken interrupted)
    {
        var session = new Session(shell);
        var given = Root(session).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var report = new FailureReport(shell.Terminal, given.GetValue(session.Json), () => session.Subject);
        if (given.Action is ParseErrorAction)
        {
            return (int)report.Write(new UsageException($"{Suggestion.Of(given)}\nSee: bf {Path(given)}--help"));
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = shell.Terminal.Out,
                Error = shell.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await given.InvokeAsync(configuration, interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            shell.Terminal.Status("");
            shell.Terminal.Say("Interrupted.");
            return (int)ExitCode.Interrupted;
        }
        catch (Exception e) when (e is ProblemException or UsageException or UnreachableException or TimeoutException or JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            return (int)report.Write(e);
        }
    }

    private static RootCommand Root(Session session)
    {
        var root = new RootCommand("Builds apps on compute of your choice and puts them online.")
        {
            new DeployCommand(session),
            new BuildCommand(session),
            new LogsCommand(session),
            new ListCommand(session),
            new ShowCommand(session),
            new CancelCommand(session),
            new RetryCommand(session),
            new TimelineCommand(session),
            new ExplainCommand(session),
            new ProvenanceCommand(session),
            new DownloadCommand(session),
            new VerifyCommand(session),
            new KeysCommand(session),
            new CollectCommand(session),
            new StorageCommand(session),
            new AppsCommand(session),
            new DeploymentsCommand(session),
            new PreviewsCommand(session),
            new PromoteCommand(session),
            new RollbackCommand(session),
            new KeepCommand(session),
            new OpenCommand(session),
            new RemoveCommand(session),
            new RepairCommand(session),
            new EnvCommand(session),
            new CacheCommand(session),
            new DetectCommand(session),
            new SecretsCommand(session),
            new ServersCommand(session),
            new ConfigCommand(session),
            new TokensCommand(session),
            new WebhooksCommand(session),
            new AuditCommand(session),
            new LoginCommand(session),
            new VersionCommand(session),
            new CompletionCommand(session),
            session.Json,
            session.Broker,
        };
        Completions.AddTo(root, session);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        }

        return root;
    }

    private static string Path(ParseResult given)
    {
        var path = "";
        for (var command = given.CommandResult; command.Parent is System.CommandLine.Parsing.CommandResult parent; command = parent)
        {
            path = $"{command.Command.Name} {path}";
        }

        return path;
    }
}
