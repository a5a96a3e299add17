using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class SecretsCommand : Command
{
    public SecretsCommand(Session session)
        : base("secrets", "Keep values that builds may ask for: set, list, remove")
    {
        Subcommands.Add(new SecretsSetCommand(session));
        Subcommands.Add(new SecretsListCommand(session));
        Subcommands.Add(new SecretsRemoveCommand(session));
    }
}
