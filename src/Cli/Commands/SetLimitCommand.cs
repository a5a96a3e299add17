using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class SetLimitCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Limit();
    private readonly Argument<string> _value = new("VALUE") { Description = "A number, a size as in 100MB, or a time as in 00:20:00" };

    public SetLimitCommand(Session session)
        : base("set", "Change a limit of the broker while it runs", session)
    {
        Arguments.Add(_name);
        Arguments.Add(_value);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var limit = await broker.SetLimitAsync(run.Get(_name), Measure.Bytes(run.Get(_value)) is { } bytes ? $"{bytes}" : run.Get(_value), interrupted);
        return run.Show(limit, ContractsJson.Default.Limit, terminal => terminal.Say($"{limit.Name} is {limit.Value} from now on."));
    }
}
