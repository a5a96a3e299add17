using System.CommandLine;

namespace BuildFunctions.Cli.Sessions;

/// <summary>What all commands of one run share: the shell and the options that every command takes.</summary>
internal sealed class Session(Shell shell)
{
    public Shell Shell => shell;

    /// <summary>The build that the command is about, once it is known.</summary>
    public string? Subject { get; set; }

    public Option<bool> Json { get; } = new("--json") { Description = "Write one JSON document; JSON lines where something is followed", Recursive = true };

    public Option<string?> Broker { get; } = new("--broker") { Description = "The broker: http(s)://… or unix:/path", HelpName = "URL", Recursive = true };
}
