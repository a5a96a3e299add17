using System.CommandLine;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Credentials;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Hosts;

namespace BuildFunctions.Cli.Commands;

internal sealed class LoginCommand : BfCommand
{
    private readonly Argument<string?> _url = new("URL") { Description = "The broker; the one that is known already, if absent", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _tokenEnv = new("--token-env") { Description = "Take the token from this environment variable", HelpName = "NAME" };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Send the token over http to another machine" };

    public LoginCommand(Session session)
        : base("login", "Sign in to a broker; the token is asked for, or read from standard input", session)
    {
        Arguments.Add(_url);
        Options.Add(_tokenEnv);
        Options.Add(_insecure);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var files = new CredentialFiles(run.Shell.Environment);
        var url = run.Get(_url) ?? files.Find().ToString();
        var token = await TokenAsync(run, url, interrupted);
        var address = BrokerAddress.Parse(url, token, "login") ?? throw new UsageException($"'{url}' is no http, https or unix address of a broker.");
        if (address.IsExposed && !run.Get(_insecure))
        {
            throw new UsageException($"{address} is not encrypted: others on the way could read the token. Use https, or --insecure if you must.");
        }

        using var broker = run.Connect(address);
        await broker.BuildsAsync("?limit=1", interrupted);
        var path = await files.SaveAsync(new LocalBroker(url, token), interrupted);
        return run.Show(new SignIn(url, path), CliJson.Default.SignIn, terminal => terminal.Say($"Signed in to {url}; kept in {path}"));
    }

    private Task<string> TokenAsync(Invocation run, string url, CancellationToken interrupted) =>
        run.Get(_tokenEnv) is not { } name ? SecretPrompt.ReadAsync(run.Terminal, $"Token for {url}:", interrupted)
        : run.Shell.Environment(name) is { Length: > 0 } token ? Task.FromResult(token)
        : throw new UsageException($"The environment variable {name} is not set.");
}
