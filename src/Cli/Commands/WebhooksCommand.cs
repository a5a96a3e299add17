using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

/// <summary>Webhooks; says what can be done with them when nothing is said.</summary>
internal sealed class WebhooksCommand : Command
{
    public WebhooksCommand(Session session)
        : base("webhooks", "Send events of builds and deployments to a URL")
    {
        Subcommands.Add(new AddWebhookCommand(session));
        Subcommands.Add(new ListWebhooksCommand(session));
        Subcommands.Add(new RemoveWebhookCommand(session));
        Subcommands.Add(new DeliveriesCommand(session));
        Subcommands.Add(new RedeliverCommand(session));
        Subcommands.Add(new TestWebhookCommand(session));
    }
}
