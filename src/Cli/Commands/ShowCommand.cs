using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Following;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class ShowCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();

    public ShowCommand(Session session)
        : base("show", "Show one build", session) => Arguments.Add(_build);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var build = await broker.BuildAsync(await run.FindBuildAsync(broker, _build, interrupted), interrupted);
        return run.Show(build, ContractsJson.Default.Build, terminal => Show(build, terminal));
    }

    private static void Show(Build build, Terminal terminal)
    {
        (string Name, string? Value)[] facts =
        [
            ("build", build.Id.ToString()),
            ("app", build.App.ToString()),
            ("status", build.Status.ToString().ToLowerInvariant()),
            ("phase", build.Status.IsFinal() ? null : build.Phase.ToString().ToLowerInvariant()),
            ("reason", build.Reason),
            ("provider", build.Provider is null ? null : $"{build.Provider} (attempt {build.Attempt})"),
            ("ref", build.Ref),
            ("commit", build.Commit),
            ("framework", build.Framework),
            ("command", build.Command),
            ("output", build.Output),
            ("created", build.CreatedAt.ToString("u")),
            ("waited", build.Waited() is { } waited ? Measure.Time(waited) : null),
            ("duration", build.Duration is { } seconds ? Measure.Time(TimeSpan.FromSeconds(seconds)) : null),
            ("cache", build.Cache is { } cache ? cache.Hit ? $"hit ({cache.ReusedFrom})" : $"miss ({cache.MissedBecause})" : null),
            ("artifact", build.ArtifactSize is { } size ? $"{Measure.Size(size)} sha256:{build.ArtifactSha256}" : null),
            ("deployment", build.Deployment?.ToString()),
            ("url", build.Url),
            ("error", build.Error is { } error ? $"{error.Code}: {Advice.For(error, build.Id.ToString()).What}" : null),
            .. build.Warnings.Select(warning => ("warning", (string?)warning)),
        ];
        foreach (var (name, value) in facts.Where(fact => fact.Value is not null))
        {
            terminal.Data($"{name,-11} {value}");
        }
    }
}
