namespace BuildFunctions.Chaos.Builds;

/// <summary>The builds of a campaign, the same for the same seed.</summary>
internal static class BuildCases
{
    private static readonly (BuildKind Kind, int Weight)[] _mix =
    [
        (BuildKind.Quick, 22), (BuildKind.Long, 10), (BuildKind.Slow, 8), (BuildKind.Failing, 6), (BuildKind.Retried, 5), (BuildKind.Again, 10),
        (BuildKind.Plain, 8), (BuildKind.Preview, 8), (BuildKind.Git, 4), (BuildKind.Trickled, 6), (BuildKind.Cancelled, 7), (BuildKind.Endless, 3),
        (BuildKind.Unsent, 1), (BuildKind.Abandoned, 2),
    ];

    public static IEnumerable<BuildCase> Of(int seed, int apps, int recent)
    {
        List<BuildCase> repeatable = [];
        for (var number = 1; ; number++)
        {
            var random = new Random(unchecked((seed * 486_187_739) + number));
            var build = Decide(number, $"chaos-{random.Next(apps)}", random);
            if (build.Kind == BuildKind.Again)
            {
                build = repeatable.Where(earlier => earlier.App == build.App && number - earlier.Number <= recent).TakeLast(5).ToList() is { Count: > 0 } earlier
                    && earlier[random.Next(earlier.Count)] is var first
                    ? build with { Repeats = first.Number, Page = first.Page, Lines = first.Lines, Seconds = first.Seconds }
                    : build with { Kind = BuildKind.Quick };
            }

            if (build.Kind == BuildKind.Quick)
            {
                repeatable.Add(build);
            }

            yield return build;
        }
    }

    private static BuildCase Decide(int number, string app, Random random)
    {
        var kind = Draw(random);
        return new BuildCase
        {
            Number = number,
            Kind = kind,
            App = app,
            Page = $"{app} {number}",
            Lines = kind == BuildKind.Long ? random.Next(2000, 6000) : random.Next(20, 200),
            Seconds = kind switch
            {
                BuildKind.Slow => 2 + (4 * random.NextDouble()),
                BuildKind.Long => 1 + random.NextDouble(),
                BuildKind.Cancelled => 3 * random.NextDouble(),
                BuildKind.Endless => 300,
                _ => 0.3 * random.NextDouble(),
            },
            ExitCode = kind is BuildKind.Failing or BuildKind.Retried ? random.Next(1, 100) : 0,
            Patience = TimeSpan.FromMilliseconds(kind == BuildKind.Abandoned ? random.Next(60) : random.Next(3000)),
            Switches = random.Next(100) < 12,
            Seed = random.Next(),
        };
    }

    private static BuildKind Draw(Random random)
    {
        var left = random.Next(_mix.Sum(one => one.Weight));
        return _mix.First(one => (left -= one.Weight) < 0).Kind;
    }
}
