using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class RemoveWebhookCommand : BfCommand
{
    private readonly Argument<WebhookId> _webhook = Given.Webhook();

    public RemoveWebhookCommand(Session session)
        : base("remove", "Send nothing there any more", session) => Arguments.Add(_webhook);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var id = run.Get(_webhook);
        await broker.RemoveWebhookAsync(id, interrupted);
        return run.Show(id, ContractsJson.Default.WebhookId, terminal => terminal.Say($"{id} is removed."));
    }
}
