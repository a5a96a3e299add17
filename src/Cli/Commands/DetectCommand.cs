using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class DetectCommand : BfCommand
{
    private readonly Argument<string?> _folder = Given.Folder();
    private readonly Option<string?> _root = Given.Root();

    public DetectCommand(Session session)
        : base("detect", "Say what a folder holds and how it would be built", session)
    {
        Arguments.Add(_folder);
        Options.Add(_root);
    }

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var root = run.Get(_root);
        var project = Project.Read(run.Folder(run.Get(_folder)), root, run.Terminal, interrupted);
        var detection = new Detection(project.Detected, project.Request(new BuildRequest { Root = root }));
        return Task.FromResult(run.Show(detection, CliJson.Default.Detection, terminal => Show(detection, project.Label(detection.Request), terminal)));
    }

    private static void Show(Detection detection, string label, Terminal terminal)
    {
        var (detected, request) = detection;
        terminal.Data($"Detected: {label}");
        (string Name, string? Value)[] facts =
        [
            ("app", request.App), ("root", request.Root), ("install", request.Install), ("command", request.Command),
            ("output", request.Output ?? (detected.OutputIsGuess ? $"{detected.Output} (a guess)" : null)), ("node", request.Node),
            ("packages", request.PackageManager), ("provider", request.Provider), ("pages", detected.Spa ? "one page; unknown paths are answered with it" : null),
        ];
        foreach (var (name, value) in facts.Where(fact => fact.Value is not null))
        {
            terminal.Data($"{name,-10} {value}");
        }

        foreach (var evidence in detected.Evidence)
        {
            terminal.Data($"  {(evidence.Source.Length == 0 ? "this folder" : evidence.Source)}: {evidence.Decision}");
        }
    }
}
