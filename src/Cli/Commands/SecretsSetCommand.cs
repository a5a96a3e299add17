using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Secrets;

namespace BuildFunctions.Cli.Commands;

/// <summary>The value never stands on the command line, where others on the machine and the shell's history would have it.</summary>
internal sealed class SecretsSetCommand : BfCommand
{
    private readonly Argument<string?> _name = new("NAME") { Description = "The environment variable that builds get it as", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<AppName?> _app = Given.AppOption();
    private readonly Option<string?> _file = new("--from-env-file") { Description = "Set all variables of a file of NAME=VALUE lines", HelpName = "FILE" };

    public SecretsSetCommand(Session session)
        : base("set", "Set a secret; the value is asked for, or is all of standard input", session)
    {
        Arguments.Add(_name);
        Options.Add(_app);
        Options.Add(_file);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var app = run.Get(_app);
        var values = await ValuesAsync(run, interrupted);
        using var broker = run.Connect();
        List<Secret> set = [];
        foreach (var (name, value) in values)
        {
            set.Add(await broker.SetSecretAsync(app, name, value, interrupted));
        }

        return run.Show([.. set], ContractsJson.Default.SecretArray, terminal =>
        {
            foreach (var secret in set)
            {
                terminal.Say($"{secret.Name} is set for the builds of {(app is { } one ? one : "every app")}; a build gets it with --secret {secret.Name}.");
                if (secret.Warning is { } warning)
                {
                    terminal.Say($"Warning: {warning}");
                }
            }
        });
    }

    private async Task<IReadOnlyDictionary<string, string>> ValuesAsync(Invocation run, CancellationToken interrupted) =>
        (run.Get(_name), run.Get(_file)) switch
        {
            ({ } name, null) => new Dictionary<string, string> { [name] = await SecretPrompt.ReadAllAsync(run.Terminal, $"Value of {name}:", interrupted) },
            (null, { } file) => EnvFile.Parse(await File.ReadAllLinesAsync(Path.GetFullPath(file, run.Shell.Directory), interrupted)),
            _ => throw new UsageException("Which secret? For example: bf secrets set API_TOKEN --app shop (or --from-env-file FILE)."),
        };
}
