using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Providers;

namespace BuildFunctions.Cli.Commands;

internal sealed class ConfigCommand : BfCommand
{
    private const string Prefix = "build.";
    private const string GitPrefix = "git.";

    private readonly Argument<string> _key = new("KEY") { Description = "build.PROVIDER, build.default or git.HOST" };
    private readonly Argument<string?> _value = new("VALUE") { Description = "For build.default: the provider", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _token = new("--token") { Description = "The provider's token; without a value it is asked for, or read from standard input", HelpName = "TOKEN", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _tokenEnv = new("--token-env") { Description = "Take the token from this environment variable", HelpName = "NAME" };
    private readonly Option<string[]> _set = new("--set") { Description = "Another setting of the provider", HelpName = "NAME=VALUE" };

    public ConfigCommand(Session session)
        : base("config", "Set up providers and git hosts: config build.github --token, config build.default github, config git.github.com --token", session)
    {
        Arguments.Add(_key);
        Arguments.Add(_value);
        Options.Add(_token);
        Options.Add(_tokenEnv);
        Options.Add(_set);
        Subcommands.Add(new ConfigListCommand(session));
        Subcommands.Add(new ListLimitsCommand(session));
        Subcommands.Add(new SetLimitCommand(session));
        Subcommands.Add(new UnsetLimitCommand(session));
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var key = run.Get(_key);
        if (key.StartsWith(GitPrefix, StringComparison.Ordinal) && key.Length > GitPrefix.Length)
        {
            return await SetGitAsync(run, key[GitPrefix.Length..], interrupted);
        }

        var name = key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length > Prefix.Length
            ? key[Prefix.Length..]
            : throw new UsageException($"There is no setting '{key}'. There are build.default, build.PROVIDER (build.github, build.modal, build.depot, build.fly, …) and git.HOST.");
        using var broker = run.Connect();
        if (name == "default")
        {
            var provider = run.Get(_value) ?? throw new UsageException("Which provider? For example: bf config build.default github");
            var chosen = await broker.ChooseDefaultAsync(provider, interrupted);
            return run.Show(chosen, ContractsJson.Default.ProviderState, terminal => terminal.Say($"Builds go to {chosen.Name} by default."));
        }

        var update = new ProviderUpdate { Token = await TokenAsync(run, name, interrupted), Settings = Settings(run) };
        if (run.Get(_value) is not null || update is { Token: null, Settings: null })
        {
            throw new UsageException($"What of {key}? For example: bf config {key} --token");
        }

        var state = await broker.ConfigureAsync(name, update, interrupted);
        return run.Show(state, ContractsJson.Default.ProviderState, terminal => terminal.Say($"{state.Name} is {(state.Configured ? "connected" : "not connected yet")}.{(state.Settings.TryGetValue("reason", out var reason) ? $" {reason}" : "")}"));
    }

    private async Task<ExitCode> SetGitAsync(Invocation run, string host, CancellationToken interrupted)
    {
        var token = await TokenAsync(run, host, interrupted) ?? throw new UsageException($"What of git.{host}? For example: bf config git.{host} --token");
        using var broker = run.Connect();
        var stored = await broker.SetGitTokenAsync(host, token, interrupted);
        return run.Show(stored, ContractsJson.Default.GitHost, terminal => terminal.Say($"Repositories on {stored.Host} are cloned with this token."));
    }

    private async Task<string?> TokenAsync(Invocation run, string provider, CancellationToken interrupted)
    {
        if (run.Get(_tokenEnv) is { } name)
        {
            return run.Shell.Environment(name) is { Length: > 0 } value ? value : throw new UsageException($"The environment variable {name} is not set.");
        }

        switch (run.Get(_token))
        {
            case { Length: > 0 } token when token != "-":
                run.Terminal.Say("Note: others on this machine can see a token on the command line, and the shell keeps it; leave the value out to be asked.");
                return token;
            case null when !run.Has(_token):
                return null;
            default:
                return await SecretPrompt.ReadAsync(run.Terminal, $"Token for {provider}:", interrupted);
        }
    }

    private Dictionary<string, string>? Settings(Invocation run) => run.Get(_set) is { Length: > 0 } pairs ? NameValue.Read("--set", pairs) : null;
}
