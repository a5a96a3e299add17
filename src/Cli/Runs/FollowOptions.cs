using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Runs;

/// <summary>The options of every command that may watch a build.</summary>
internal sealed class FollowOptions
{
    public Option<bool> Watch { get; } = new("--watch") { Description = "Follow the build until it has ended" };

    public Option<bool> Detach { get; } = new("--detach") { Description = "Do not wait: write the build's id and end" };

    public Option<bool> CancelOnInterrupt { get; } = new("--cancel-on-interrupt") { Description = "Ctrl-C cancels the build; without it the build goes on" };

    public Option<bool> Open { get; } = new("--open") { Description = "Show the app in the browser when it is deployed" };

    public void AddTo(Command command)
    {
        command.Options.Add(Watch);
        command.Options.Add(CancelOnInterrupt);
    }

    public void AddForDeployTo(Command command)
    {
        command.Options.Add(Detach);
        command.Options.Add(Open);
        command.Options.Add(CancelOnInterrupt);
    }

    public FollowChoice Read(Invocation run, bool follow) => new(follow, run.Get(CancelOnInterrupt), run.Get(Open));
}
