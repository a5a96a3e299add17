using System.CommandLine;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Cli.Commands;

/// <summary>The key comes from a file or standard input, its passphrase is asked for: neither stands on the command line.</summary>
internal sealed class AddServerCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Server();
    private readonly Option<string> _host = new("--host") { Description = "Its name or address", HelpName = "HOST", Required = true };
    private readonly Option<int?> _port = new("--port") { Description = "Where its SSH server listens; 22 if absent", HelpName = "PORT" };
    private readonly Option<string> _user = new("--user") { Description = "Who logs in", HelpName = "USER", Required = true };
    private readonly Option<string> _key = new("--key") { Description = "The private key that logs in; - is standard input", HelpName = "FILE", Required = true };
    private readonly Option<bool> _passphrase = new("--passphrase") { Description = "The key has a passphrase: ask for it, or read it from standard input" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "The OpenSSH certificate that goes with the key", HelpName = "FILE" };
    private readonly Option<string?> _hostKey = new("--host-key") { Description = "The fingerprint of its host key, as 'ssh-keygen -l' shows it there", HelpName = "SHA256:…" };
    private readonly Option<bool> _trust = new("--trust-on-first-use") { Description = "Take the host key that it shows now" };
    private readonly Option<string[]> _architecture = new("--architecture") { Description = "What it builds for, where that is not what it is", HelpName = "NAME" };
    private readonly Option<string[]> _label = new("--label") { Description = "A word that builds can ask for", HelpName = "WORD" };
    private readonly Option<int?> _slots = new("--slots") { Description = "Builds that run there at once; 1 if absent", HelpName = "COUNT" };
    private readonly Option<string?> _root = new("--workspace-root") { Description = "Where builds run; /tmp/builds if absent", HelpName = "DIR" };

    public AddServerCommand(Session session)
        : base("add", "Add a machine; its host key is shown and asked for", session)
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_host, _port, _user, _key, _passphrase, _certificate, _hostKey, _trust, _architecture, _label, _slots, _root])
        {
            Options.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var request = await RequestAsync(run, interrupted);
        using var broker = run.Connect();
        var added = await AddAsync(run, broker, request, interrupted);
        return run.Show(added, ContractsJson.Default.Server, terminal => ServerText.Write(terminal, added, run.Shell.Time.GetUtcNow()));
    }

    /// <summary>Where nobody has named the host key, a person is shown it and answers; without a person nothing is added.</summary>
    private static async Task<Server> AddAsync(Invocation run, BrokerClient broker, ServerRequest request, CancellationToken interrupted)
    {
        try
        {
            return await broker.AddServerAsync(request, run.Shell.NewKey(), interrupted);
        }
        catch (ProblemException shown) when (shown.Problem is { Code: ErrorCode.Conflict, Fields: { } fields } && fields.TryGetValue("hostKey", out var key) && Confirmation.CanAsk(run.Terminal))
        {
            run.Terminal.Say(shown.Problem.Detail ?? shown.Problem.Title);
            if (!await Confirmation.AskAsync(run.Terminal, "Is it the right one?", interrupted))
            {
                throw new UsageException("The server was not added.");
            }

            return await broker.AddServerAsync(request with { HostKey = key.GetString() }, run.Shell.NewKey(), interrupted);
        }
    }

    private async Task<ServerRequest> RequestAsync(Invocation run, CancellationToken interrupted) => new()
    {
        Name = run.Get(_name),
        Host = run.Get(_host),
        Port = run.Get(_port),
        User = run.Get(_user),
        PrivateKey = run.Get(_key) is "-" ? await run.Terminal.In.ReadToEndAsync(interrupted) : await ReadAsync(run, run.Get(_key)!, interrupted),
        Passphrase = run.Get(_passphrase) ? await SecretPrompt.ReadAsync(run.Terminal, "Passphrase of the key:", interrupted) : null,
        Certificate = run.Get(_certificate) is { } file ? await ReadAsync(run, file, interrupted) : null,
        HostKey = run.Get(_hostKey),
        TrustOnFirstUse = run.Get(_trust),
        Architectures = run.Get(_architecture) is { Length: > 0 } architectures ? architectures : null,
        Labels = run.Get(_label) is { Length: > 0 } labels ? labels : null,
        Slots = run.Get(_slots),
        WorkspaceRoot = run.Get(_root),
    };

    private static Task<string> ReadAsync(Invocation run, string file, CancellationToken interrupted) =>
        File.ReadAllTextAsync(Path.GetFullPath(file, run.Shell.Directory), interrupted);
}
