using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Cli.Commands;

internal sealed class AddWebhookCommand : BfCommand
{
    private readonly Argument<string> _url = new("URL") { Description = "Where to send events: https://…" };
    private readonly Option<string?> _app = new("--app") { Description = "Of this app; of all, if absent", HelpName = "APP" };
    private readonly Option<string[]> _events = new("--event") { Description = $"Only these: {string.Join(", ", WebhookEvent.All)}", HelpName = "EVENT" };

    public AddWebhookCommand(Session session)
        : base("add", "Send events to a URL; the secret that signs them is written to standard output, this once", session)
    {
        _events.AcceptOnlyFromAmong([.. WebhookEvent.All]);
        Arguments.Add(_url);
        Options.Add(_app);
        Options.Add(_events);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var request = new WebhookRequest
        {
            Url = run.Get(_url),
            App = run.Get(_app) is { } app ? AppOf(app) : null,
            Events = run.Get(_events) is { Length: > 0 } events ? events : null,
        };
        using var broker = run.Connect();
        var made = await broker.AddWebhookAsync(request, run.Shell.NewKey(), interrupted);
        return run.Show(made, ContractsJson.Default.Webhook, terminal =>
        {
            terminal.Say($"{made.Id}: {string.Join(", ", made.Events)} of {(made.App is { } of ? $"{of}" : "all apps")}. The secret is not shown again.");
            terminal.Data(made.Secret ?? "");
        });
    }

    private static AppName AppOf(string text) => AppName.TryParse(text, out var app) ? app : throw new UsageException($"'{text}' is no app's name.");
}
