using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

/// <summary>Access tokens; says what can be done with them when nothing is said.</summary>
internal sealed class TokensCommand : Command
{
    public TokensCommand(Session session)
        : base("tokens", "Make, list and end access tokens")
    {
        Subcommands.Add(new CreateTokenCommand(session));
        Subcommands.Add(new ListTokensCommand(session));
        Subcommands.Add(new RevokeTokenCommand(session));
    }
}
