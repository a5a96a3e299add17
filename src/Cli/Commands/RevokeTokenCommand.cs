using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class RevokeTokenCommand : BfCommand
{
    private readonly Argument<string> _token = new("TOKEN") { Description = "The token's id, as 'bf tokens list' shows it: tok_… or how that begins" };

    private readonly Option<bool> _force = new("--force") { Description = "Also the last admin token" };

    public RevokeTokenCommand(Session session)
        : base("revoke", "End an access token at once", session)
    {
        Arguments.Add(_token);
        Options.Add(_force);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var id = await run.FindTokenAsync(broker, run.Get(_token), interrupted);
        await broker.RevokeTokenAsync(id, run.Get(_force), interrupted);
        return run.Show(id, ContractsJson.Default.TokenId, terminal => terminal.Say($"{id} is revoked."));
    }
}
