using System.CommandLine;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

/// <summary>From what a person types to the one thing that it means: an id, how an id begins, an app for its newest build, nothing for this folder's app.</summary>
internal static class Finding
{
    /// <summary>The most that are named where several begin so.</summary>
    private const int Named = 5;

    private const string TokenPrefix = "tok_";

    /// <summary>Those that ids are written with.</summary>
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    public static async Task<BuildId> FindBuildAsync(this Invocation run, BrokerClient broker, Argument<string?> argument, CancellationToken interrupted)
    {
        var id = run.Get(argument) switch
        {
            null => await NewestAsync(broker, FolderApp.Of(run.Folder(null)) ?? throw new UsageException("Which build? Its id, how that begins, or an app."), interrupted),
            var text when BuildId.TryParse(text, out var whole) => whole,
            var text when text.StartsWith(BuildId.Prefix, StringComparison.Ordinal) => Only(Beginning(text, BuildId.Prefix), (await broker.BuildsAsync($"?limit={Named}&id={Uri.EscapeDataString(text)}", interrupted)).Items.Select(build => build.Id)),
            var text when AppName.TryParse(text, out var app) => await NewestAsync(broker, app, interrupted),
            var text => throw new UsageException($"'{text}' is no build's id (bld_…) and no app's name."),
        };
        run.IsAbout(id);
        return id;
    }

    /// <summary>The app that was named, else this folder's.</summary>
    public static AppName AppOf(this Invocation run, Option<string?> option) => run.Get(option) switch
    {
        null => FolderApp.Of(run.Folder(null)) ?? throw new UsageException("Which app? Say --app NAME."),
        var text => AppName.TryParse(text, out var app) ? app : throw new UsageException($"'{text}' is no app's name."),
    };

    public static async Task<DeploymentId> FindDeploymentAsync(this Invocation run, BrokerClient broker, AppName app, string text, CancellationToken interrupted)
    {
        if (DeploymentId.TryParse(text, out var whole))
        {
            return whole;
        }

        var beginning = Beginning(text, DeploymentId.Prefix);
        List<DeploymentId> known = [];
        string? cursor = null;
        do
        {
            var page = await broker.DeploymentsAsync(app, cursor, interrupted);
            known.AddRange(page.Items.Select(deployment => deployment.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return Only(beginning, known);
    }

    public static async Task<WebhookId> FindWebhookAsync(this Invocation run, BrokerClient broker, string text, CancellationToken interrupted) =>
        WebhookId.TryParse(text, out var whole) ? whole : Only(Beginning(text, WebhookId.Prefix), (await broker.WebhooksAsync(interrupted)).Select(hook => hook.Id));

    /// <summary>What was typed is not repeated where it is no id: it may be the token itself.</summary>
    public static async Task<TokenId> FindTokenAsync(this Invocation run, BrokerClient broker, string text, CancellationToken interrupted) =>
        TokenId.TryParse(text, out var whole) ? whole
        : text.StartsWith(TokenPrefix, StringComparison.Ordinal) ? Only(text, (await broker.TokensAsync(interrupted)).Select(token => token.Id))
        : throw new UsageException("That is no token's id (tok_…).");

    private static async Task<BuildId> NewestAsync(BrokerClient broker, AppName app, CancellationToken interrupted) =>
        (await broker.BuildsAsync($"?limit=1&app={app}", interrupted)).Items is [var newest, ..] ? newest.Id : throw NotThere($"The app '{app}' has no builds.");

    private static string Beginning(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text[prefix.Length..].All(Letters.Contains)
            ? text
            : throw new UsageException($"'{text}' is no id of the form {prefix}…, and none begins so.");

    private static T Only<T>(string beginning, IEnumerable<T> known)
        where T : notnull
    {
        var found = known.Where(id => id.ToString()!.StartsWith(beginning, StringComparison.Ordinal)).Take(Named).ToList();
        return found.Count switch
        {
            0 => throw NotThere($"Nothing begins with '{beginning}'."),
            1 => found[0],
            _ => throw new UsageException($"Several begin with '{beginning}'; say more of it:\n{string.Join('\n', found)}"),
        };
    }

    private static ProblemException NotThere(string what) => new(new Problem { Code = ErrorCode.NotFound, Status = 404, Title = what });
}
