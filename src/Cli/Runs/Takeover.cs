using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Runs;

/// <summary>Keeps a folder from replacing the live page of another one that only has the same name.</summary>
internal static class Takeover
{
    /// <summary>Goes on where the app is not live, or is live from here; asks where it is live from elsewhere, and refuses where nobody can be asked.</summary>
    public static async Task PassAsync(Invocation run, BrokerClient broker, BuildRequest request, CancellationToken interrupted)
    {
        if (await FindAsync(broker, request, interrupted) is not { Live: not null, Origin: { } origin } app || origin == request.Origin)
        {
            return;
        }

        var fact = $"The app '{app.Name}' is live{(app.Url is null ? "" : $" at {app.Url}")}, deployed from {(FolderOrigin.IsFolder(origin) ? "another folder" : origin)}.";
        if (!Confirmation.CanAsk(run.Terminal))
        {
            throw Refused($"{fact} To take it over, say --app {app.Name}; to leave it, give this one another name with --app.");
        }

        if (!await Confirmation.AskAsync(run.Terminal, $"{fact} Replace it with this folder?", interrupted))
        {
            throw Refused("Nothing was deployed. Give this one another name with --app.");
        }
    }

    private static async Task<App?> FindAsync(BrokerClient broker, BuildRequest request, CancellationToken interrupted)
    {
        try
        {
            return AppName.TryParse(request.App, out var name) ? await broker.AppAsync(name, interrupted) : null;
        }
        catch (ProblemException unknown) when (unknown.Problem.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    private static ProblemException Refused(string why) => new(new Problem { Code = ErrorCode.Conflict, Status = 0, Title = why });
}
