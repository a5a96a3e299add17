using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class RemoveWebhookCommand : BfCommand
{
    private readonly Argument<string> _webhook = Given.Webhook();

    public RemoveWebhookCommand(Session session)
        : base("remove", "Send nothing there any more", session) => Arguments.Add(_webhook);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var id = await run.FindWebhookAsync(broker, run.Get(_webhook), interrupted);
        await broker.RemoveWebhookAsync(id, interrupted);
        return run.Show(id, ContractsJson.Default.WebhookId, terminal => terminal.Say($"{id} is removed."));
    }
}
