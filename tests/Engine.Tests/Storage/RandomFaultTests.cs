using BuildFunctions.Engine.Tests.Storage.Simulation;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>Many instances, several processes, any fault at any call, and at the end peace: everything must then finish.</summary>
public sealed class RandomFaultTests
{
    private const int Seeds = 150;
    private const int FaultyProcesses = 6;

    [Fact]
    public void Any_seed_ends_well()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            Run(seed);
        }
    }

    /// <summary>A seed that failed once stays here.</summary>
    [Theory]
    [InlineData(1)]
    public void A_seed_that_once_failed_ends_well(int seed) => Run(seed);

    private static void Run(int seed)
    {
        var dice = new Random(seed);
        var run = new FaultRun(seed, [.. Enumerable.Range(0, dice.Next(1, 12)).Select(number => new ModelInstance($"i{number}", [.. Moves(dice)]))]);
        var rate = dice.NextDouble() * 0.15;
        try
        {
            run.Run(process => (_, _) => process < FaultyProcesses && dice.NextDouble() < rate ? AnyFault(dice) : default, standby: dice.Next(2) == 0);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}\n{string.Join('\n', run.Log.Lines)}", e);
        }
    }

    private static Fault AnyFault(Random dice) => new(
        (FaultKind)dice.Next(1, (int)FaultKind.TimeTravel),
        new[] { 0, 409, 412, 429, 500, 503 }[dice.Next(6)],
        TimeSpan.FromSeconds(dice.Next(30)));

    private static IEnumerable<MoveKind> Moves(Random dice)
    {
        var (previous, count) = (MoveKind.Start, dice.Next(25));
        yield return previous;
        for (var move = 0; move < count; move++)
        {
            MoveKind[] possible = previous switch
            {
                MoveKind.Complete => [MoveKind.Restart, MoveKind.Purge],
                MoveKind.Purge => [MoveKind.Start],
                _ => [MoveKind.Turn, MoveKind.Turn, MoveKind.LongTurn, MoveKind.PayloadTurn, MoveKind.Continue, MoveKind.Complete],
            };
            yield return previous = possible[dice.Next(possible.Length)];
        }
    }
}
