using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Failures;

/// <summary>How a final build ends the program.</summary>
internal sealed class Outcome(Terminal terminal)
{
    public ExitCode Tell(Build build)
    {
        terminal.Status("");
        switch (build)
        {
            case { Status: BuildStatus.Success }:
                return ExitCode.Ok;
            case { Status: BuildStatus.Failed, Error: { } error }:
                var code = new FailureReport(terminal, json: false, subject: () => null).Write(error, build.Id.ToString());
                return code == ExitCode.TimedOut ? code : ExitCode.BuildFailed;
            case { Status: BuildStatus.Failed }:
                terminal.Say($"bf: The build failed{(build.Reason is null ? "." : $": {build.Reason}")}\nSee the whole log: bf logs {build.Id}");
                return ExitCode.BuildFailed;
            default:
                terminal.Say($"bf: The build was {build.Status.ToString().ToLowerInvariant()}{(build.Reason is null ? "." : $": {build.Reason}")}");
                return ExitCode.BuildStopped;
        }
    }
}
