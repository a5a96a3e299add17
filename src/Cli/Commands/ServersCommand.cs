using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class ServersCommand : Command
{
    public ServersCommand(Session session)
        : base("servers", "Keep the machines that build over SSH: add, list, show, test, drain, resume, remove")
    {
        Subcommands.Add(new AddServerCommand(session));
        Subcommands.Add(new ListServersCommand(session));
        Subcommands.Add(new ShowServerCommand(session));
        Subcommands.Add(new TestServerCommand(session));
        Subcommands.Add(new DrainServerCommand(session));
        Subcommands.Add(new ResumeServerCommand(session));
        Subcommands.Add(new RemoveServerCommand(session));
    }
}
