using BuildFunctions.Engine.Tests.Storage.Simulation;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>Every storage call of every scenario, from taking the lease to the last commit, meets every fault; once with a standby and once without.</summary>
public sealed class ExhaustiveFaultTests
{
    private static readonly Fault[] _faults =
    [
        new(FaultKind.FailBefore, 503),
        new(FaultKind.FailBefore, 412),
        new(FaultKind.FailBefore, 403),
        new(FaultKind.FailAfter),
        new(FaultKind.FailAfter, 500),
        new(FaultKind.FailAfter, 409),
        new(FaultKind.Lost),
        new(FaultKind.Slow),
        new(FaultKind.Late),
        new(FaultKind.Twice),
        new(FaultKind.CrashBefore),
        new(FaultKind.CrashAfter),
        new(FaultKind.CrashLate),
    ];

    public static TheoryData<string, string> Scenarios => new()
    {
        { "five turns", "Start Turn Turn Turn Turn Turn Complete" },
        { "roll-over", "Start LongTurn LongTurn Turn LongTurn Complete" },
        { "roll-over while completing", "Start LongTurn Turn Complete Restart LongTurn Complete" },
        { "continue as new", "Start LongTurn LongTurn Continue Turn Continue Complete" },
        { "restart", "Start Complete Restart Turn Complete Restart" },
        { "payloads", "Start PayloadTurn PayloadTurn Complete" },
        { "purge", "Start PayloadTurn LongTurn LongTurn Complete Purge" },
        { "purge and start again", "Start PayloadTurn Complete Purge Start PayloadTurn Complete" },
        { "still running", "Start Turn PayloadTurn Turn" },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_acknowledged_is_lost_and_nothing_is_done_twice(string scenario, string moves)
    {
        var calls = Calls(moves);
        Assert.InRange(calls, 20, 200);
        foreach (var fault in _faults)
        {
            foreach (var standby in (bool[])[false, true])
            {
                for (var call = 1; call <= calls; call++)
                {
                    Run(scenario, moves, fault, call, standby);
                }
            }
        }
    }

    /// <summary>Both the first try and the way out of it fail: the resolving read after a lost answer, the second send, and so on.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Two_faults_in_a_row_do_no_more_harm_than_one(string scenario, string moves)
    {
        var calls = Calls(moves);
        for (var call = 1; call <= calls; call++)
        {
            foreach (var (first, second) in _faults.Zip(_faults.Skip(3).Concat(_faults)))
            {
                var run = new FaultRun(call, Instances(moves));
                Try(
                    run, process => (number, _) => process > 0 ? default : number == call ? first : number == call + 1 ? second : default, standby: true,
                    $"{scenario}: call {call} {first}, then {second}");
            }
        }
    }

    private static int Calls(string moves)
    {
        var run = new FaultRun(0, Instances(moves));
        run.Run(_ => (_, _) => default, standby: false);
        return run.CallsOfFirst;
    }

    private static void Run(string scenario, string moves, Fault fault, int call, bool standby) => Try(
        new FaultRun(call, Instances(moves)), process => (number, _) => process == 0 && number == call ? fault : default, standby,
        $"{scenario}: call {call} {fault}{(standby ? ", standby" : "")}");

    private static void Try(FaultRun run, Func<int, Func<int, string, Fault>> faults, bool standby, string what)
    {
        try
        {
            run.Run(faults, standby);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}\n{string.Join('\n', run.Log.Lines)}", e);
        }
    }

    private static ModelInstance[] Instances(string moves) =>
        [new("one", [.. moves.Split(' ').Select(Enum.Parse<MoveKind>)]), new("two", MoveKind.Start, MoveKind.Turn, MoveKind.Complete)];
}
