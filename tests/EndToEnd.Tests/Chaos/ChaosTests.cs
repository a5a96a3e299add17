using BuildFunctions.Chaos.Builds;

namespace BuildFunctions.EndToEnd.Tests.Chaos;

/// <summary>A short campaign of <c>./dev chaos builds</c>; a seed that has failed there becomes a line here.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData(2)]
    public async Task Builds_under_kills_end_as_if_nobody_had_killed_the_broker(int seed)
    {
        using var story = new StringWriter();

        var violations = await Campaign.RunAsync(new CampaignOptions { Seed = seed, Kills = 8, Life = (300, 2000), Customers = 6, Apps = 2 }, story);

        Assert.True(violations.Count == 0, $"{string.Join('\n', violations)}\n\n{story}");
    }
}
