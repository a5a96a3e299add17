using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Runs;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class BuildCommand : BfCommand
{
    private readonly Argument<string?> _folder = Given.Folder();
    private readonly BuildOptions _settings = new();
    private readonly FollowOptions _follow = new();
    private readonly Option<string?> _repo = new("--repo") { Description = "Build a git repository instead of a folder", HelpName = "URL|OWNER/NAME" };
    private readonly Option<string?> _ref = new("--ref") { Description = "The branch, tag or commit of --repo", HelpName = "REF" };

    public BuildCommand(Session session)
        : base("build", "Build an app without deploying it", session)
    {
        Arguments.Add(_folder);
        Options.Add(_repo);
        Options.Add(_ref);
        _settings.AddTo(this);
        _follow.AddTo(this);
        Subcommands.Add(new LogsCommand(session));
        Subcommands.Add(new ListCommand(session));
        Subcommands.Add(new CancelCommand(session));
    }

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        if (run.Get(_repo) is { } repo)
        {
            return BuildRepositoryAsync(run, repo, interrupted);
        }

        return run.Get(_ref) is null ? BuildFolderAsync(run, interrupted) : throw new UsageException("--ref belongs to --repo.");
    }

    private async Task<ExitCode> BuildRepositoryAsync(Invocation run, string repo, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var request = _settings.Said(run) with
        {
            Repo = repo,
            Ref = run.Get(_ref),
            Source = SourceKind.Git,
            Deploy = DeployTarget.None,
        };
        return await Run(run, broker, told: []).StartAsync(request, source: null, interrupted);
    }

    private async Task<ExitCode> BuildFolderAsync(Invocation run, CancellationToken interrupted)
    {
        var said = _settings.Said(run) with { Source = SourceKind.Upload, Deploy = DeployTarget.None };
        var folder = run.Folder(run.Get(_folder));
        using var broker = run.Connect();
        var project = Project.Read(folder, said.Root, run.Terminal, interrupted);
        var request = project.Request(said);
        project.Tell(request, run.Terminal);
        using var source = await project.PackAsync(run.Terminal, await SourceLimits.ReadAsync(broker, interrupted), interrupted);
        return await Run(run, broker, project.Detected.Warnings).StartAsync(request, source, interrupted);
    }

    private BuildRun Run(Invocation run, Broker.BrokerClient broker, IReadOnlyList<string> told) =>
        new(run, broker, _follow.Read(run, follow: run.Get(_follow.Watch)), told);
}
