using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Providers.Ssh;
using BuildFunctions.Broker.Ssh;

namespace BuildFunctions.Broker.Tests.Providers.Ssh;

/// <summary>What a server says of a run, and what it means.</summary>
public sealed class SshRunStatusTests
{
    private const string Failed = "state=failed\nexit=137\nstep=build\nfinished=1\noutput=\nreason=The build failed: make exited with 137.\n";

    [Fact]
    public void A_build_that_the_kernel_killed_for_its_memory_failed_and_says_so()
    {
        var status = Read(("begun", "yes"), ("result", Failed), ("memory", "3 4"), ("room", "100000 100000")).Status;

        Assert.Equal((RunState.Failed, 137), (status.State, status.ExitCode));
        Assert.StartsWith("The server's kernel killed the build, since memory ran out", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_was_killed_otherwise_is_not_blamed_on_memory() =>
        Assert.StartsWith("The build failed", Read(("result", Failed), ("memory", "3 3"), ("room", "100000 100000")).Status.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("rebooted", "yes", "started again")]
    [InlineData("room", "10 100000", "disk is full")]
    [InlineData("room", "100000 0", "disk is full")]
    [InlineData("memory", "3 4", "memory ran out")]
    [InlineData("x", "", "ended without a result")]
    public void A_run_that_is_gone_says_what_is_known(string block, string text, string why)
    {
        var status = Read(("begun", "yes"), ("age", "100"), (block, text)).Status;

        Assert.Equal(RunState.Lost, status.State);
        Assert.Contains(why, status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_is_cut_short_goes_on_where_it_was_cut()
    {
        var answer = AgentAnswer.Parse("alive 3\nyes\ntotal 3\n100\nlog 50\nhello"u8.ToArray());

        var poll = SshRunStatus.Read(answer, new(10));

        Assert.Equal((RunState.Running, 15, true, "hello"), (poll.Status.State, poll.Next.Offset, poll.More, Encoding.UTF8.GetString(poll.Log.Span)));
    }

    [Theory]
    [InlineData("no length\n")]
    [InlineData("a -1\n")]
    [InlineData("a 99999999999999999999\n")]
    [InlineData("<html> 5 6\n")]
    public void Nonsense_is_not_believed(string answer) => Assert.Equal(
        SshTrouble.Answer, Assert.Throws<SshTroubleException>(() => AgentAnswer.Parse(Encoding.UTF8.GetBytes(answer))).Trouble);

    private static RunPoll Read(params (string Name, string Text)[] blocks) => SshRunStatus.Read(
        AgentAnswer.Parse(Encoding.UTF8.GetBytes(string.Concat(blocks.Select(block => $"{block.Name} {block.Text.Length}\n{block.Text}\n")))), LogCursor.Start);
}
