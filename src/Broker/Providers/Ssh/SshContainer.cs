using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>Runs a build's commands in an image, with the engine that was found to work on the server.</summary>
internal sealed record SshContainer(string Engine, string Image, string Root, string Run)
{
    private static readonly string _body = EmbeddedText.Read("container.sh");

    public string Script => new StringBuilder("#!/bin/sh\n").Assign("ENGINE", Engine).Assign("IMAGE", Image).Assign("ROOT", Root).Assign("RUN", Run).Append(_body).ToString();

    /// <summary>Null where no image was asked for, or the server has lost its engine since it was chosen.</summary>
    public static SshContainer? Of(RunRequest request, string root, ContainerEngine? engine) => request.Needs?.Image is not { } image ? null
        : engine is null ? throw new SshAgentException("container", null, "There is no container engine that works.")
        : new(engine.Name, image, root, request.Id.ToString());

    public RunRequest Wrap(RunRequest request) => request with
    {
        Install = request.Needs is { InstallsOutside: true } ? request.Install : Wrap(request.Install),
        Command = Wrap(request.Command),
    };

    /// <summary>No word of it comes from a variable, which would be the build's to set.</summary>
    private string? Wrap(string? command) =>
        command is null ? null : $"/bin/sh {ShellText.Quote($"{Root}/runs/{Run}/control/container.sh")} {ShellText.Quote(command)}";
}
