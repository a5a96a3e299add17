using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Reconciliation;

public sealed class RunComparisonTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly BuildId _build = BuildId.Create(_now, new byte[10]);

    [Theory]
    [InlineData("run-1", 1, "a", null)] // the adopted run
    [InlineData("run-2", 1, "a", "double")] // another of the same attempt
    [InlineData("run-1", 1, "b", "zombie")] // the same attempt's number at a provider that it left
    [InlineData("run-0", 3, "a", "zombie")] // an attempt that never was
    public void What_an_open_attempt_does_not_own_is_found(string run, int attempt, string provider, string? kind) =>
        Assert.Equal(kind, Find(provider, Listed(run, attempt, minutes: 5), Build(BuildStatus.Running, "run-1")));

    [Fact]
    public void An_attempt_that_does_not_know_its_run_yet_owns_it() => Assert.Null(Find("a", Listed("run-9", 1, minutes: 60), Build(BuildStatus.Running, null)));

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, "zombie")]
    public void A_run_of_a_build_that_has_ended_gets_a_grace(int minutes, string? kind) =>
        Assert.Equal(kind, Find("a", Listed("run-1", 1, minutes), Build(BuildStatus.Cancelled, "run-1")));

    [Theory]
    [InlineData(14, null)]
    [InlineData(16, "zombie")]
    public void A_run_of_a_build_that_nobody_knows_gets_a_longer_one(int minutes, string? kind) => Assert.Equal(kind, Find("a", Listed("run-1", 1, minutes), null));

    private static string? Find(string provider, ListedRun run, Build? build) => RunComparison.Find(
        provider, [run], build is null ? new Dictionary<BuildId, Build>() : new() { [_build] = build }, new ReconcileOptions(), _now).SingleOrDefault()?.Kind;

    private static ListedRun Listed(string run, int attempt, int minutes) =>
        new(new RunHandle { Provider = "a", RunId = run }, new RunId(_build, attempt), Ended: false, _now.AddMinutes(-minutes));

    private static Build Build(BuildStatus status, string? run) => new()
    {
        Id = _build,
        App = AppName.TryParse("app", out var app) ? app : default,
        Status = status,
        Phase = BuildPhase.Building,
        CreatedAt = _now,
        Attempts = [new BuildAttempt { Number = 1, Provider = "a", Outcome = "running", RunId = run, StartedAt = _now }],
    };
}
