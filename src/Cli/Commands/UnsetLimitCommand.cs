using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class UnsetLimitCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Limit();

    public UnsetLimitCommand(Session session)
        : base("unset", "Forget a change of a limit: what the broker was started with holds again", session) => Arguments.Add(_name);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var limit = await broker.SetLimitAsync(run.Get(_name), value: null, interrupted);
        return run.Show(limit, ContractsJson.Default.Limit, terminal => terminal.Say($"{limit.Name} is {(limit.Value.Length == 0 ? "no limit" : limit.Value)} again."));
    }
}
