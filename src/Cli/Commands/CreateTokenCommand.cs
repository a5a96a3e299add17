using System.CommandLine;
using System.CommandLine.Parsing;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class CreateTokenCommand : BfCommand
{
    private readonly Argument<string> _label = new("LABEL") { Description = "What the token is for" };
    private readonly Option<Right> _right = new("--right") { Description = "read, trigger (builds), deploy (what is live) or admin; each holds those before it", HelpName = "RIGHT", Required = true, CustomParser = RightOf };
    private readonly Option<string[]> _apps = new("--app") { Description = "For this app; several times for several, never for all", HelpName = "APP" };
    private readonly Option<int?> _days = new("--days") { Description = "Ends after so many days; never, if absent", HelpName = "N" };

    public CreateTokenCommand(Session session)
        : base("create", "Make an access token; it is written to standard output, this once", session)
    {
        _days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 3650)
            {
                result.AddError("--days is from 1 to 3650.");
            }
        });
        Arguments.Add(_label);
        Options.Add(_right);
        Options.Add(_apps);
        Options.Add(_days);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var request = new TokenRequest
        {
            Label = run.Get(_label),
            Right = run.Get(_right),
            Apps = run.Get(_apps) is { Length: > 0 } apps ? [.. apps.Select(AppOf)] : null,
            ExpiresIn = run.Get(_days) is { } days ? (long)TimeSpan.FromDays(days).TotalSeconds : null,
        };
        using var broker = run.Connect();
        var token = await broker.CreateTokenAsync(request, run.Shell.NewKey(), interrupted);
        return run.Show(token, ContractsJson.Default.Token, terminal =>
        {
            terminal.Say($"{token.Id}: '{token.Right.ToString().ToLowerInvariant()}' on {ListTokensCommand.AppsOf(token)}. It is not shown again.");
            terminal.Data(token.Secret ?? "");
        });
    }

    private static Right RightOf(ArgumentResult result)
    {
        var text = result.Tokens is [var token, ..] ? token.Value : "";
        var rights = Enum.GetValues<Right>();
        var found = Array.FindIndex(rights, right => string.Equals($"{right}", text, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
        {
            result.AddError($"There is no right '{text}'. There are {string.Join(", ", rights.Select(right => $"{right}".ToLowerInvariant()))}; each holds those before it.");
        }

        return found < 0 ? default : rights[found];
    }

    private static AppName AppOf(string text) => AppName.TryParse(text, out var app) ? app : throw new UsageException($"'{text}' is no app's name.");
}
