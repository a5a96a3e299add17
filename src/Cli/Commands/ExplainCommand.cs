using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class ExplainCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();

    public ExplainCommand(Session session)
        : base("explain", "Say why a build went as it did: decisions, attempts, cache, error", session) => Arguments.Add(_build);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var build = await broker.BuildAsync(await run.FindBuildAsync(broker, _build, interrupted), interrupted);
        var explanation = new Explanation(build, await broker.TimelineAsync(build.Id, interrupted));
        return run.Show(explanation, CliJson.Default.Explanation, terminal => Show(explanation, terminal));
    }

    private static void Show(Explanation explanation, Terminal terminal)
    {
        var build = explanation.Build;
        terminal.Data($"{build.Id}, a build of the app '{build.App}', {Verb(build.Status)}{(build.Reason is null ? "." : $": {build.Reason}")}");
        foreach (var line in (IEnumerable<string>)[.. Cache(build.Cache), .. build.Attempts.Select(Attempt), .. Queue(build)])
        {
            terminal.Data(line);
        }

        foreach (var entry in explanation.Timeline.Where(entry => entry.Detail is not null))
        {
            terminal.Data($"  {entry.At:HH:mm:ss} {entry.Event}: {entry.Detail}");
        }

        if (build.Error is { } error)
        {
            var advice = Advice.For(error, build.Id.ToString());
            terminal.Data($"It ended with {error.Code}: {advice.What}");
            terminal.Data(advice.Next ?? "");
        }
    }

    private static string Verb(BuildStatus status) => status switch
    {
        BuildStatus.Pending => "waits",
        BuildStatus.Running => "runs",
        BuildStatus.Success => "succeeded",
        BuildStatus.Failed => "failed",
        _ => $"was {status.ToString().ToLowerInvariant()}",
    };

    private static IEnumerable<string> Cache(BuildCacheResult? cache) => cache switch
    {
        null => [],
        { Hit: true } => [$"Nothing had to be built: {cache.ReusedFrom} had the same inputs ({cache.Key})."],
        _ =>
        [
            $"It had to be built: {cache.MissedBecause ?? "no earlier build had the same inputs"}.",
            .. (cache.Differences ?? []).Select(difference => $"  {difference.Part}: {Change(difference)} (since {cache.ComparedWith})"),
        ],
    };

    private static string Change(CacheDifference difference) => difference is { Before: null, Now: null }
        ? "changed"
        : $"'{difference.Before}' is now '{difference.Now}'";

    private static string Attempt(BuildAttempt attempt) => $"Attempt {attempt.Number} on {attempt.Provider}: {attempt.Outcome}{(attempt.Reason is null ? "" : $", {attempt.Reason}")}";

    private static IEnumerable<string> Queue(Build build) => build.Queue is { } queue ? [$"It waits at place {queue.Position}: {queue.Why}"] : [];
}
