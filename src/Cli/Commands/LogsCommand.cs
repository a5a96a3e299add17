using System.CommandLine;
using System.Text.Json;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Following;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class LogsCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on until the build has ended; ends with its exit code" };
    private readonly Option<long> _from = new("--from") { Description = "Begin at this byte", HelpName = "BYTE" };

    public LogsCommand(Session session)
        : base("logs", "Write a build's log", session)
    {
        _from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0)
            {
                result.AddError("--from is not negative.");
            }
        });
        Arguments.Add(_build);
        Options.Add(_follow);
        Options.Add(_from);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var (id, from) = (await run.FindBuildAsync(broker, _build, interrupted), run.Get(_from));
        var events = run.Get(_follow) ? new BuildStream(broker.Http).FollowAsync(id, from, interrupted) : new LogReader(broker.Http).ReadAsync(id, from, interrupted);
        var lines = new LogLines(line => run.Terminal.DataLog(LogMarks.ForReaders(line)));
        Build? final = null;
        await foreach (var next in events)
        {
            final = next.Name == BuildStreamEvent.End ? next.Build : null;
            if (run.Json)
            {
                run.Terminal.Data(JsonSerializer.Serialize(next, CliJson.Default.BuildEvent));
            }
            else if (next.Text is { } text)
            {
                lines.Add(text);
            }
        }

        lines.End();
        return final is null ? ExitCode.Ok : new Outcome(run.Terminal).Tell(final);
    }
}
