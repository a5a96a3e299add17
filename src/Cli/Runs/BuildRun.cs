using System.Text.Json;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Following;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Runs;

/// <summary>From a request to what came of it: trigger, send the source, watch, tell.</summary>
/// <param name="told">Warnings that were told before.</param>
internal sealed class BuildRun(Invocation run, BrokerClient broker, FollowChoice choice, IReadOnlyList<string> told)
{
    private readonly Terminal _terminal = run.Terminal;

    /// <summary>What is done when the broker has taken the build.</summary>
    public Action Accepted { get; init; } = () => { };

    public async Task<ExitCode> StartAsync(BuildRequest request, SourcePackage? source, CancellationToken interrupted)
    {
        var build = await broker.TriggerAsync(request, run.Shell.NewKey(), interrupted);
        _terminal.Say($"Build started: {build.Id}");
        Accepted();
        if (source is not null)
        {
            await SendAsync(build, source, interrupted);
        }

        return await GoOnAsync(build, interrupted);
    }

    public async Task<ExitCode> GoOnAsync(Build build, CancellationToken interrupted)
    {
        if (!choice.Follow)
        {
            _terminal.Say($"Watch it: bf logs {build.Id} --follow");
            Answer(build, build.Id.ToString());
            return ExitCode.Ok;
        }

        try
        {
            return Finish(await WatchAsync(build, interrupted));
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested && !choice.CancelOnInterrupt)
        {
            _terminal.Status("");
            _terminal.Say($"Interrupted; the build goes on.\nWatch it:  bf logs {build.Id} --follow\nCancel it: bf cancel {build.Id}");
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await CancelAsync(build);
            return ExitCode.Interrupted;
        }
    }

    private async Task SendAsync(Build build, SourcePackage source, CancellationToken interrupted)
    {
        var bar = new UploadBar(_terminal, source.Packed.Size);
        try
        {
            await new SourceUploader(broker).UploadAsync(build, source, bar, interrupted);
            bar.Done();
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // Without its source the build would wait for nothing.
            await CancelAsync(build);
            throw;
        }
    }

    private async Task<Build> WatchAsync(Build build, CancellationToken interrupted)
    {
        var narrator = new BuildNarrator(run.Shell.Time, told);
        var lines = new LogLines(SayLog);
        using var ticking = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var clock = TickAsync(narrator, ticking.Token);
        try
        {
            await foreach (var next in new BuildStream(broker.Http).FollowAsync(build.Id, from: 0, interrupted))
            {
                lines.Add(next.Text ?? "");
                foreach (var line in next.Build is null ? [] : narrator.Tell(build = next.Build))
                {
                    _terminal.Say(line);
                }
            }

            lines.End();
            return build;
        }
        finally
        {
            await ticking.CancelAsync();
            await clock;
            _terminal.Status("");
        }
    }

    private void SayLog(string line)
    {
        if (LogMarks.ForWatchers(line) is { } shown)
        {
            _terminal.SayLog(shown);
        }
    }

    private async Task TickAsync(BuildNarrator narrator, CancellationToken stopped)
    {
        if (!_terminal.ErrorIsTerminal)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), run.Shell.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
            {
                _terminal.Status(narrator.Now());
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: that is how it ends.
        }
    }

    private ExitCode Finish(Build build)
    {
        var code = new Outcome(_terminal).Tell(build);
        if (code == ExitCode.Ok)
        {
            _terminal.Say(build.Url is null ? "Done!" : $"Done! {build.Url}");
            if (choice.Open && build.Url is not null && !Page.Show(run.Shell, build.Url))
            {
                _terminal.Say("There is no browser to show it in.");
            }
        }

        Answer(build, code == ExitCode.Ok ? build.Url : null);
        return code;
    }

    /// <summary>For programs: the record, or the one word that the next program wants.</summary>
    private void Answer(Build build, string? word)
    {
        if (run.Json)
        {
            _terminal.Data(JsonSerializer.Serialize(build, ContractsJson.Default.Build));
        }
        else if (word is not null && !_terminal.OutIsTerminal)
        {
            _terminal.Data(word);
        }
    }

    private async Task CancelAsync(Build build)
    {
        _terminal.Status("");
        _terminal.Say($"Interrupted; cancelling {build.Id}.");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10), run.Shell.Time);
        try
        {
            await broker.CancelAsync(build.Id, run.Shell.NewKey(), deadline.Token);
        }
        catch (Exception e) when (e is ProblemException or UnreachableException or OperationCanceledException)
        {
            _terminal.Say($"It could not be cancelled ({e.Message}). Try: bf cancel {build.Id}");
        }
    }
}
