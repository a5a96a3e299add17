using System.CommandLine;
using System.Text.Json;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ProvenanceCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();

    public ProvenanceCommand(Session session)
        : base("provenance", "Show the signed statement of how a build's artifact was made (--json: the envelope, for 'bf verify' or cosign)", session) => Arguments.Add(_build);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var envelope = await broker.ProvenanceAsync(await run.FindBuildAsync(broker, _build, interrupted), interrupted);
        return run.Show(envelope, ContractsJson.Default.DsseEnvelope, terminal =>
        {
            var statement = JsonSerializer.Deserialize(envelope.Payload, ContractsJson.Default.InTotoStatement)!;
            terminal.Data(JsonSerializer.Serialize(statement, ContractsJson.Default.InTotoStatement));
        });
    }
}
