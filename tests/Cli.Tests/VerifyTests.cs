using System.Security.Cryptography;
using System.Text.Json;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Cli.Tests;

/// <summary>Offline: the envelope and the keys are files, and no broker is there.</summary>
public sealed class VerifyTests : IDisposable
{
    private static readonly BuildId _build = BuildId.Create(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new byte[10]);

    private readonly BfRun _bf = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public VerifyTests()
    {
        File.WriteAllText(In("artifact.tar.gz"), "the artifact");
        Sign(SHA256.HashData(File.ReadAllBytes(In("artifact.tar.gz"))));
        File.WriteAllBytes(In("keys.json"), JsonSerializer.SerializeToUtf8Bytes(
            new ProvenanceKeys([ProvenanceKey.Of(_key.ExportSubjectPublicKeyInfo())]), ContractsJson.Default.ProvenanceKeys));
    }

    [Fact]
    public async Task An_artifact_is_verified_with_saved_files_and_no_broker()
    {
        Assert.Equal((int)ExitCode.Ok, await VerifyAsync("--build", _build.ToString()));
        Assert.Contains("Verified.", _bf.Error.ToString());
    }

    [Fact]
    public async Task An_altered_artifact_fails_and_says_so()
    {
        File.AppendAllText(In("artifact.tar.gz"), "!");
        Assert.Equal((int)ExitCode.Refused, await VerifyAsync());
        Assert.Contains("FAIL  artifact", _bf.Out.ToString());
        Assert.Contains("ok    signature", _bf.Out.ToString());
        Assert.Contains("NOT verified", _bf.Error.ToString());
    }

    [Fact]
    public async Task Keys_of_another_broker_fail()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllBytes(In("keys.json"), JsonSerializer.SerializeToUtf8Bytes(
            new ProvenanceKeys([ProvenanceKey.Of(other.ExportSubjectPublicKeyInfo())]), ContractsJson.Default.ProvenanceKeys));
        Assert.Equal((int)ExitCode.Refused, await VerifyAsync("--json"));
        Assert.False(JsonSerializer.Deserialize(_bf.Out.ToString(), ContractsJson.Default.ProvenanceVerdict)!.Verified);
    }

    [Fact]
    public async Task A_file_that_is_no_envelope_is_a_wrong_use()
    {
        File.WriteAllText(In("envelope.json"), "{}");
        Assert.Equal((int)ExitCode.Usage, await VerifyAsync());
    }

    public void Dispose()
    {
        _key.Dispose();
        _bf.Dispose();
    }

    private Task<int> VerifyAsync(params string[] more) =>
        _bf.InvokeAsync(["verify", "artifact.tar.gz", "--provenance", "envelope.json", "--keys", "keys.json", .. more]);

    private string In(string name) => Path.Combine(_bf.Folder, name);

    private void Sign(byte[] sha256)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new InTotoStatement
            {
                Type = InTotoStatement.V1,
                Subject = [new ResourceDescriptor { Name = "shop.tar.gz", Digest = new Dictionary<string, string> { ["sha256"] = Convert.ToHexStringLower(sha256) } }],
                PredicateType = SlsaProvenance.V1,
                Predicate = JsonSerializer.SerializeToElement(new { buildDefinition = new { internalParameters = new { build = _build.ToString() } } }),
            },
            ContractsJson.Default.InTotoStatement);
        var signature = _key.SignData(DsseEnvelope.Signed(DsseEnvelope.InToto, payload), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var envelope = new DsseEnvelope { PayloadType = DsseEnvelope.InToto, Payload = payload, Signatures = [new DsseSignature("it", signature)] };
        File.WriteAllBytes(In("envelope.json"), JsonSerializer.SerializeToUtf8Bytes(envelope, ContractsJson.Default.DsseEnvelope));
    }
}
