using System.CommandLine;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Cli.Commands;

/// <summary>What a person may ask of the build server that a build runs on.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string?> _server = new("--server") { Description = "The build server, by name", HelpName = "NAME" };
    private readonly Option<string?> _architecture = new("--architecture") { Description = "The build server's: x86_64, aarch64, …", HelpName = "NAME" };
    private readonly Option<string[]> _toolchain = new("--toolchain") { Description = "A tool that the build server must have, as in gcc>=12,<14", HelpName = "TOOL" };
    private readonly Option<string[]> _label = new("--label") { Description = "A label that the build server must have", HelpName = "WORD" };
    private readonly Option<string?> _image = new("--image") { Description = "The container image that the build runs in on its server", HelpName = "IMAGE" };
    private readonly Option<bool> _keep = new("--keep-workspace") { Description = "Leave the build's folder on its server" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_server, _architecture, _toolchain, _label, _image, _keep])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Null where nothing was said.</summary>
    public ServerNeeds? Said(Invocation run)
    {
        var needs = new ServerNeeds
        {
            Name = run.Get(_server),
            Architecture = run.Get(_architecture),
            Toolchains = run.Get(_toolchain) is { Length: > 0 } tools ? tools : null,
            Labels = run.Get(_label) is { Length: > 0 } labels ? labels : null,
            Image = run.Get(_image),
            KeepWorkspace = run.Get(_keep),
        };
        return needs == new ServerNeeds() ? null : needs;
    }
}
