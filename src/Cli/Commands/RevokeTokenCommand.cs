using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class RevokeTokenCommand : BfCommand
{
    private readonly Argument<TokenId> _token = new("TOKEN")
    {
        Description = "The token's id, as 'bf tokens list' shows it: tok_…",
        CustomParser = result =>
        {
            if (TokenId.TryParse(result.Tokens[0].Value, out var id))
            {
                return id;
            }

            // Not repeated in the message: it may be the token itself.
            result.AddError("That is no token's id (tok_…).");
            return default;
        },
    };

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
        var id = run.Get(_token);
        await broker.RevokeTokenAsync(id, run.Get(_force), interrupted);
        return run.Show(id, ContractsJson.Default.TokenId, terminal => terminal.Say($"{id} is revoked."));
    }
}
