namespace BuildFunctions.Chaos.Engine;

internal sealed record ChaosOptions(int Kills = 10, int Seed = 0)
{
    private readonly int? _instances;

    /// <summary>Some for each kill, unless it is said how many.</summary>
    public int Instances
    {
        get => _instances ?? Math.Max(300, 10 * Kills);
        init => _instances = value;
    }

    public static ChaosOptions? Parse(string[] args)
    {
        var options = new ChaosOptions(Seed: Random.Shared.Next());
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], out var value))
            {
                return null;
            }

            options = args[i] switch
            {
                "--kills" => options with { Kills = value },
                "--seed" => options with { Seed = value },
                "--instances" => options with { Instances = value },
                _ => null,
            };
            if (options is null)
            {
                return null;
            }
        }

        return options;
    }
}
