using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Cli.Commands;

/// <summary>Checks an artifact against its signed statement: with the broker's keys, or with saved ones and no broker at all.</summary>
internal sealed class VerifyCommand : BfCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The artifact, tar.gz" };
    private readonly Option<BuildId?> _build = new("--build")
    {
        Description = "The build that it is said to come from; else the broker is asked which one made these bytes",
        HelpName = "ID",
        CustomParser = result =>
        {
            if (BuildId.TryParse(result.Tokens[0].Value, out var id))
            {
                return id;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no build's id (bld_…).");
            return null;
        },
    };

    private readonly Option<string?> _provenance = new("--provenance") { Description = "The statement, as 'bf provenance' writes it; else the broker is asked", HelpName = "FILE" };
    private readonly Option<string?> _keys = new("--keys") { Description = "The broker's public keys, as 'bf keys list --json' writes them; else the broker is asked", HelpName = "FILE" };

    public VerifyCommand(Session session)
        : base("verify", "Check where an artifact comes from", session)
    {
        Arguments.Add(_file);
        Options.Add(_build);
        Options.Add(_provenance);
        Options.Add(_keys);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var build = run.Get(_build);
        await using var file = File.OpenRead(PathOf(run, run.Get(_file)));
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, interrupted));
        var envelope = await EnvelopeAsync(run, build, sha256, interrupted);
        var keys = await KeysAsync(run, interrupted);
        var verdict = ProvenanceCheck.Run(envelope, keys, sha256, build);
        run.Show(verdict, ContractsJson.Default.ProvenanceVerdict, terminal =>
        {
            foreach (var point in verdict.Points)
            {
                terminal.Data($"{(point.Passed ? "ok  " : "FAIL")}  {point.Name}: {point.Detail}");
            }
        });
        run.Terminal.Say(verdict.Verified ? "Verified." : "bf: NOT verified.");
        return verdict.Verified ? ExitCode.Ok : ExitCode.Refused;
    }

    private async Task<DsseEnvelope> EnvelopeAsync(Invocation run, BuildId? build, string sha256, CancellationToken interrupted)
    {
        if (run.Get(_provenance) is { } saved)
        {
            return await ReadAsync(PathOf(run, saved), ContractsJson.Default.DsseEnvelope, interrupted);
        }

        using var broker = run.Connect();
        return build is { } id ? await broker.ProvenanceAsync(id, interrupted) : await broker.ProvenanceOfAsync(sha256, interrupted);
    }

    private async Task<ProvenanceKeys> KeysAsync(Invocation run, CancellationToken interrupted)
    {
        if (run.Get(_keys) is { } saved)
        {
            return await ReadAsync(PathOf(run, saved), ContractsJson.Default.ProvenanceKeys, interrupted);
        }

        using var broker = run.Connect();
        return await broker.ProvenanceKeysAsync(interrupted);
    }

    private static string PathOf(Invocation run, string file) => Path.GetFullPath(file, run.Shell.Directory);

    private static async Task<T> ReadAsync<T>(string file, JsonTypeInfo<T> type, CancellationToken interrupted)
    {
        await using var content = File.OpenRead(file);
        try
        {
            return await JsonSerializer.DeserializeAsync(content, type, interrupted) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new UsageException($"{file} is not what it should be: {fault.Message}");
        }
    }
}
