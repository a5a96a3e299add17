using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

/// <summary>Plain variables of an app's builds; says what can be done with them when nothing is said.</summary>
internal sealed class EnvCommand : Command
{
    public EnvCommand(Session session)
        : base("env", "Environment variables that an app's builds are given: set, list, unset")
    {
        Subcommands.Add(new EnvSetCommand(session));
        Subcommands.Add(new EnvListCommand(session));
        Subcommands.Add(new EnvUnsetCommand(session));
    }
}
