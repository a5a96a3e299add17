using System.CommandLine;
using System.CommandLine.Completions;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Credentials;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

/// <summary>What a shell offers while somebody types: the ids and names that the broker has now. A broker that does not answer at once offers nothing.</summary>
internal sealed class Completions(Session session)
{
    private const int Most = 50;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public static void AddTo(Command command, Session session)
    {
        var completions = new Completions(session);
        foreach (var argument in command.Arguments)
        {
            completions.AddTo(argument.Name, argument.CompletionSources);
        }

        foreach (var option in command.Options.Where(option => option.Name == "--app"))
        {
            completions.AddTo("APP", option.CompletionSources);
        }

        foreach (var subcommand in command.Subcommands)
        {
            AddTo(subcommand, session);
        }
    }

    private void AddTo(string name, List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources)
    {
        Func<BrokerClient, CompletionContext, CancellationToken, Task<IEnumerable<string>>>? ask = name switch
        {
            "BUILD" => async (broker, context, cancel) => (await BuildsAsync(broker, context, cancel)).Concat(await AppsAsync(broker, cancel)),
            "APP" or "APP|DEPLOYMENT" => (broker, _, cancel) => AppsAsync(broker, cancel),
            "DEPLOYMENT" => DeploymentsAsync,
            _ => null,
        };
        if (ask is not null)
        {
            sources.Add(context => Ask(context, ask));
        }
    }

    private static async Task<IEnumerable<string>> BuildsAsync(BrokerClient broker, CompletionContext context, CancellationToken cancellation) =>
        (await broker.BuildsAsync($"?limit={Most}{(context.WordToComplete.StartsWith(BuildId.Prefix, StringComparison.Ordinal) ? $"&id={Uri.EscapeDataString(context.WordToComplete)}" : "")}", cancellation))
            .Items.Select(build => build.Id.ToString());

    private static async Task<IEnumerable<string>> AppsAsync(BrokerClient broker, CancellationToken cancellation) =>
        (await broker.AppsAsync(cancellation)).Select(app => app.Name.ToString());

    private static async Task<IEnumerable<string>> DeploymentsAsync(BrokerClient broker, CompletionContext context, CancellationToken cancellation) =>
        context.ParseResult.CommandResult.Tokens.Select(token => token.Value).FirstOrDefault(word => AppName.TryParse(word, out _)) is { } text && AppName.TryParse(text, out var app)
            ? (await broker.DeploymentsAsync(app, null, cancellation)).Items.Select(deployment => deployment.Id.ToString())
            : [];

    private IEnumerable<CompletionItem> Ask(CompletionContext context, Func<BrokerClient, CompletionContext, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        using var deadline = new CancellationTokenSource(_patience, session.Shell.Time);
        try
        {
            var address = new CredentialFiles(session.Shell.Environment).Find(context.ParseResult.GetValue(session.Broker));
            var impatient = session.Shell.Patience with { Stranger = TimeSpan.Zero, Acquainted = TimeSpan.Zero };
            using var broker = new BrokerClient(new BrokerHttp(address, impatient, session.Shell.Time, _ => { }));
            return Task.Run(() => ask(broker, context, deadline.Token)).GetAwaiter().GetResult()
                .Where(word => word.StartsWith(context.WordToComplete, StringComparison.Ordinal))
                .Select(word => new CompletionItem(word)).ToList();
        }
        catch (Exception e) when (e is ProblemException or UsageException or UnreachableException or TimeoutException or OperationCanceledException or System.Text.Json.JsonException)
        {
            // Somebody is typing: a message would stand in the middle of their line.
            return [];
        }
    }
}
