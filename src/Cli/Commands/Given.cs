using System.CommandLine;
using System.CommandLine.Parsing;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

/// <summary>Arguments that several commands take, checked before anything is sent.</summary>
internal static class Given
{
    public static Argument<string?> Build() => new("BUILD")
    {
        Description = "The build: its id or how that begins, an app for its newest build; the newest of this folder's app if absent",
        Arity = ArgumentArity.ZeroOrOne,
    };

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

    public static Argument<string> Deployment() => new("DEPLOYMENT") { Description = "The deployment, as 'bf deployments' shows it: dep_… or how that begins" };

    public static Argument<string> Server() => new("NAME") { Description = "The machine's name: 1 to 40 lower-case letters, digits and inner hyphens" };

    public static Argument<string> Webhook() => new("WEBHOOK") { Description = "The webhook, as 'bf webhooks list' shows it: whk_… or how that begins" };

    public static Argument<string?> EarlierDeployment() => new("DEPLOYMENT")
    {
        Description = "The deployment, or how its id begins; the one that was live before, if absent",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string?> FolderApp() => new("--app") { Description = "The app; that of this folder if absent", HelpName = "APP" };

    public static Argument<string> Limit() => new("LIMIT") { Description = "The limit, as 'bf config limits' shows it: sources.maxBytes, …" };

    public static Argument<string?> Folder() => new("DIR") { Description = "The app's folder; this one if absent", Arity = ArgumentArity.ZeroOrOne };

    public static Option<string?> Root() => new("--root") { Description = "The app's folder inside the source, for monorepos", HelpName = "DIR" };

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static T? Fault<T>(ArgumentResult result, string what)
    {
        result.AddError($"'{Text(result)}' {what}.");
        return default;
    }
}
