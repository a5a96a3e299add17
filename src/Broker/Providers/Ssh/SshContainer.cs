using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>Runs a build's commands in an image, with the engine that was found to work on the server.</summary>
internal sealed record SshContainer(string Engine, string Image)
{
    private static readonly string _body = EmbeddedText.Read("container.sh");

    public string Script => new StringBuilder("#!/bin/sh\n").Assign("ENGINE", Engine).Assign("IMAGE", Image).Append(_body).ToString();

    /// <summary>Null where no image was asked for, or the server has lost its engine since it was chosen.</summary>
    public static SshContainer? Of(RunRequest request, ContainerEngine? engine) => request.Needs?.Image is not { } image ? null
        : engine is null ? throw new SshAgentException("container", null, "There is no container engine that works.")
        : new(engine.Name, image);

    public RunRequest Wrap(RunRequest request) => request with
    {
        Install = request.Needs is { InstallsOutside: true } ? request.Install : Wrap(request.Install),
        Command = Wrap(request.Command),
    };

    private static string? Wrap(string? command) =>
        command is null ? null : $"/bin/sh \"$BUILDFUNCTIONS_ROOT/runs/$BUILDFUNCTIONS_RUN/control/container.sh\" {ShellText.Quote(command)}";
}
