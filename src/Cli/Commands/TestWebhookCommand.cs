using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class TestWebhookCommand : BfCommand
{
    private readonly Argument<string> _webhook = Given.Webhook();

    public TestWebhookCommand(Session session)
        : base("test", "Send a test; one that arrives opens a disabled webhook", session) => Arguments.Add(_webhook);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var sent = await broker.TestWebhookAsync(await run.FindWebhookAsync(broker, run.Get(_webhook), interrupted), run.Shell.NewKey(), interrupted);
        return run.Show(sent, ContractsJson.Default.WebhookDelivery, terminal => terminal.Say($"{sent.Id} {sent.State}: {DeliveriesCommand.Outcome(sent)}"));
    }
}
