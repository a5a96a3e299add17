using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Builds;

public sealed class LostRunTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private const string EndOfItself = "kill -9 \"$(cut -d' ' -f1 \"$HOME/../control/pid\")\" $$";

    [Fact]
    public async Task A_run_that_vanishes_is_built_again()
    {
        var mark = usual.Broker.NewPath("once");

        var build = await usual.Http.RunAsync($"if [ ! -e '{mark}' ]; then touch '{mark}'; {EndOfItself}; fi; {Api.MakePage}");

        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        Assert.Equal(2, build.Attempt);
        Assert.Equal([ErrorCode.WorkerLost, "succeeded"], build.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_build_whose_every_run_vanishes_fails_and_says_so()
    {
        var build = await usual.Http.RunAsync(EndOfItself);

        Assert.Equal((BuildStatus.Failed, ErrorCode.WorkerLost), (build.Status, build.Error?.Code));
        Assert.Equal(3, build.Attempts.Count);
    }
}
