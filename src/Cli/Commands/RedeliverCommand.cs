using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class RedeliverCommand : BfCommand
{
    private readonly Argument<string> _webhook = Given.Webhook();
    private readonly Argument<string> _delivery = new("DELIVERY") { Description = "The delivery, as 'bf webhooks deliveries' shows it: msg_…" };

    public RedeliverCommand(Session session)
        : base("redeliver", "Send a delivery once more", session)
    {
        Arguments.Add(_webhook);
        Arguments.Add(_delivery);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var sent = await broker.RedeliverAsync(await run.FindWebhookAsync(broker, run.Get(_webhook), interrupted), run.Get(_delivery), run.Shell.NewKey(), interrupted);
        return run.Show(sent, ContractsJson.Default.WebhookDelivery, terminal => terminal.Say($"{sent.Id} {sent.State}: {DeliveriesCommand.Outcome(sent)}"));
    }
}
