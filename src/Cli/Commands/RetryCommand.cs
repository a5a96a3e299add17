using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Runs;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class RetryCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();
    private readonly FollowOptions _follow = new();

    public RetryCommand(Session session)
        : base("retry", "Run a finished build again, from the same source", session)
    {
        Arguments.Add(_build);
        _follow.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var build = await broker.RetryAsync(await run.FindBuildAsync(broker, _build, interrupted), run.Shell.NewKey(), interrupted);
        return await new BuildRun(run, broker, _follow.Read(run, follow: run.Get(_follow.Watch)), told: []).GoOnAsync(build, interrupted);
    }
}
