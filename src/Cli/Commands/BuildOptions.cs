using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

/// <summary>What a person may say about a build on the command line; it overrides app.json and detection.</summary>
internal sealed class BuildOptions
{
    private readonly Option<string?> _app = new("--app") { Description = "The app's name; from app.json or the folder's name if absent", HelpName = "APP" };
    private readonly Option<string?> _root = Given.Root();
    private readonly Option<string[]> _provider = new("--provider") { Description = "Where to build; several are tried in turn", HelpName = "NAME" };
    private readonly Option<string?> _command = new("--command") { Description = "The build command", HelpName = "COMMAND" };
    private readonly Option<string?> _install = new("--install") { Description = "The command that installs dependencies", HelpName = "COMMAND" };
    private readonly Option<string?> _output = new("--output") { Description = "The folder that the build writes", HelpName = "DIR" };
    private readonly Option<string?> _node = new("--node") { Description = "The version of Node.js", HelpName = "VERSION" };
    private readonly Option<string[]> _env = new("--env") { Description = "A variable for the build", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _secret = new("--secret") { Description = "A stored secret that the build is given", HelpName = "NAME" };
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Seconds the build may run", HelpName = "SECONDS" };
    private readonly ServerOptions _server = new();
    private readonly Option<bool> _rebuild = new("--rebuild") { Description = "Build even where nothing has changed" };

    public void AddTo(Command command)
    {
        _timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--timeout is at least 1.");
            }
        });
        foreach (var option in (Option[])[_app, _root, _provider, _rebuild, _command, _install, _output, _node, _env, _secret, _timeout])
        {
            command.Options.Add(option);
        }

        _server.AddTo(command);
    }

    public BuildRequest Said(Invocation run) => new()
    {
        App = App(run),
        Provider = run.Get(_provider) is [var only] ? only : null,
        Providers = run.Get(_provider) is { Length: > 1 } several ? several : null,
        Root = run.Get(_root),
        Command = run.Get(_command),
        Install = run.Get(_install),
        Output = run.Get(_output),
        Node = run.Get(_node),
        Env = Variables(run),
        Secrets = run.Get(_secret) is { Length: > 0 } secrets ? secrets : null,
        Timeout = run.Get(_timeout),
        Rebuild = run.Get(_rebuild),
        Server = _server.Said(run),
    };

    private Dictionary<string, string>? Variables(Invocation run) => run.Get(_env) is { Length: > 0 } pairs ? NameValue.Read("--env", pairs) : null;

    private string? App(Invocation run) => run.Get(_app) is not { } text || AppName.TryParse(text, out _)
        ? run.Get(_app)
        : throw new UsageException($"'{text}' is no app's name: 1 to 63 lower-case letters, digits and inner hyphens.");
}
