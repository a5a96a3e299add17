using BuildFunctions.Chaos.Builds;
using BuildFunctions.Chaos.Builds.Checks;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.EndToEnd.Tests.Chaos;

/// <summary>A checker that finds nothing is worth something only if it finds what is wrong.</summary>
public sealed class CheckTests
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly BuildCase _case = new() { Number = 1, Kind = BuildKind.Quick, App = "chaos-0", Page = "chaos-0 1", Lines = 3, Seed = 1 };

    [Theory]
    [InlineData("line 1 of 3\nline 2 of 3\nline 3 of 3\n", true)]
    [InlineData("line 1 of 3\nline 3 of 3\n", false)]
    [InlineData("line 1 of 3\nline 2 of 3\nline 2 of 3\nline 3 of 3\n", false)]
    [InlineData("line 1 of 3\nline 3 of 3\nline 2 of 3\n", false)]
    [InlineData("line 1 of 3\nline 2 of 3\n", false)]
    public void A_log_with_a_line_missing_double_or_out_of_order_is_found(string log, bool whole) =>
        Assert.Equal(whole, Found(check => LogCheck.Check(new Journey(_case), Ended(), log, check)).Count == 0);

    [Fact]
    public void A_log_that_a_follower_saw_otherwise_is_found()
    {
        var build = Ended();
        var journey = new Journey(_case) { Followed = "line 1 of 3\nline 2 of 3\nline 2 of 3\nline 3 of 3\n" };
        journey.Ids[$"{build.Id}"] = true;
        Assert.Single(Found(check => LogCheck.Check(journey, build, "line 1 of 3\nline 2 of 3\nline 3 of 3\n", check)));
    }

    [Theory]
    [InlineData("created building live success", true)]
    [InlineData("created building live", false)]
    [InlineData("created building success live", false)]
    [InlineData("created building live failed success", false)]
    [InlineData("created building building live success", false)]
    [InlineData("created building success", false)]
    [InlineData("building live success", false)]
    public void A_timeline_that_does_not_begin_and_end_once_is_found(string story, bool sane) => Assert.Equal(
        sane,
        Found(check => TimelineCheck.Check(Ended(), [.. story.Split(' ').Select((what, place) => new TimelineEntry { At = _start.AddSeconds(place), Event = what, Duration = 1 })], check)).Count == 0);

    [Fact]
    public void A_switch_back_to_an_older_build_is_found()
    {
        var (older, newer) = (Ended(0), Ended(1));
        var history = new[] { Line(older, _start.AddMinutes(2)), Line(newer, _start.AddMinutes(1)) };
        Assert.Single(Found(check => DeploymentCheck.CheckHistory(history, history[1], Made(older, newer), check)));
    }

    [Fact]
    public void A_pointer_that_is_not_the_newest_line_is_found()
    {
        var (older, newer) = (Ended(0), Ended(1));
        var history = new[] { Line(older, _start.AddMinutes(1)), Line(newer, _start.AddMinutes(2)) };
        Assert.Empty(Found(check => DeploymentCheck.CheckHistory(history, history[1], Made(older, newer), check)));
        Assert.Single(Found(check => DeploymentCheck.CheckHistory(history, history[0], Made(older, newer), check)));
    }

    [Fact]
    public void A_build_that_was_deployed_twice_or_without_success_is_found()
    {
        var build = Ended();
        var history = new[] { Line(build, _start), Line(build, _start) };
        Assert.Single(Found(check => DeploymentCheck.CheckHistory(history, history[1], Made(build), check)));
        Assert.Single(Found(check => DeploymentCheck.CheckHistory(history[..1], history[0], Made(), check)));
    }

    [Fact]
    public void A_success_that_never_went_live_is_found_unless_something_newer_had()
    {
        var (older, newer) = (Ended(0), Ended(1));
        Assert.Single(Found(check => DeploymentCheck.CheckNothingIsMissing([Line(older, _start)], Made(older, newer), check)));
        Assert.Empty(Found(check => DeploymentCheck.CheckNothingIsMissing([Line(newer, _start)], Made(older, newer), check)));
    }

    private static List<string> Found(Action<Action<bool, string>> check)
    {
        List<string> found = [];
        check((holds, what) => found.AddRange(holds ? [] : [what]));
        return found;
    }

    private static Dictionary<string, (BuildCase, Build)> Made(params Build[] builds) => builds.ToDictionary(build => $"{build.Id}", build => (_case, build));

    private static HistoryLine Line(Build build, DateTimeOffset at) => new($"{build.Id}"[BuildId.Prefix.Length..], $"dep of {build.Id}", "Build", $"{build.Id}", at);

    private static Build Ended(int minute = 0)
    {
        var created = _start.AddMinutes(minute);
        return new Build
        {
            Id = BuildId.Create(created, new byte[10]),
            App = AppName.TryParse("chaos-0", out var app) ? app : default,
            Status = BuildStatus.Success,
            Phase = BuildPhase.Done,
            CreatedAt = created,
            FinishedAt = created.AddMinutes(5),
            Attempts = [new BuildAttempt { Number = 1, Provider = "local", Outcome = "succeeded", StartedAt = created }],
        };
    }
}
