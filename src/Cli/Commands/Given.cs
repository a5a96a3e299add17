using System.CommandLine;
using System.CommandLine.Parsing;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

/// <summary>Arguments that several commands take, checked before anything is sent.</summary>
internal static class Given
{
    public static Argument<BuildId> Build() => Id<BuildId>("ID", "The build, as 'bf list' shows it: bld_…");

    public static Argument<AppName> App() => new("APP")
    {
        Description = "The app's name",
        CustomParser = result => AppName.TryParse(Text(result), out var name) ? name : Fault<AppName>(result, "is no app's name"),
    };

    public static Option<AppName> RequiredApp() => new("--app")
    {
        Description = "The app's name",
        HelpName = "APP",
        Required = true,
        CustomParser = result => AppName.TryParse(Text(result), out var name) ? name : Fault<AppName>(result, "is no app's name"),
    };

    public static Option<AppName?> AppOption() => new("--app")
    {
        Description = "The app it belongs to; every app if absent",
        HelpName = "APP",
        CustomParser = result => AppName.TryParse(result.Tokens is [var token, ..] ? token.Value : "", out var name) ? name : Fault<AppName?>(result, "is no app's name"),
    };

    public static Argument<DeploymentId> Deployment() => Id<DeploymentId>("DEPLOYMENT", "The deployment, as 'bf previews' shows it: dep_…");

    public static Argument<WebhookId> Webhook() => Id<WebhookId>("WEBHOOK", "The webhook, as 'bf webhooks list' shows it: whk_…");

    public static Argument<DeploymentId?> EarlierDeployment() => new("DEPLOYMENT")
    {
        Description = "The deployment; the one that was live before, if absent",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? null : DeploymentId.TryParse(Text(result), out var id) ? id : Fault<DeploymentId?>(result, "is no deployment's id (dep_…)"),
    };

    public static Argument<string?> Folder() => new("DIR") { Description = "The app's folder; this one if absent", Arity = ArgumentArity.ZeroOrOne };

    public static Option<string?> Root() => new("--root") { Description = "The app's folder inside the source, for monorepos", HelpName = "DIR" };

    private static Argument<T> Id<T>(string name, string description)
        where T : struct, ISortableId<T> =>
        new(name)
        {
            Description = description,
            CustomParser = result => T.TryParse(Text(result), out var id) ? id : Fault<T>(result, $"is no id of the form {T.Prefix}…"),
        };

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static T? Fault<T>(ArgumentResult result, string what)
    {
        result.AddError($"'{Text(result)}' {what}.");
        return default;
    }
}
