using System.Diagnostics;
using System.Text.Json;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tests.Audit;
using BuildFunctions.Broker.Tests.Secrets;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Provenance;

public sealed class ProvenanceCheckTests : IAsyncLifetime
{
    private static readonly string _artifact = new('a', 64);
    private static readonly BuildId _build = BuildId.Create(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new byte[10]);

    private KeyRing _ring = null!;
    private DsseEnvelope _envelope = null!;
    private ProvenanceKeys _keys = null!;

    public async Task InitializeAsync()
    {
        _ring = await NewRingAsync();
        _envelope = await new EnvelopeSigner(_ring).SignAsync(Statement(_artifact), default);
        _keys = await _ring.PublishedAsync(default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void What_the_broker_signed_of_this_artifact_and_this_build_is_verified()
    {
        var verdict = Check();
        Assert.True(verdict.Verified);
        Assert.Equal(["signature", "statement", "artifact", "build"], verdict.Points.Select(point => point.Name));
        Assert.NotNull(verdict.Statement);
    }

    [Fact]
    public void An_altered_artifact_is_told() => Assert.Equal(["artifact"], Failed(Check(sha256: new string('b', 64))));

    [Fact]
    public void Another_build_is_told() =>
        Assert.Equal(["build"], Failed(Check(build: BuildId.Create(new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero), new byte[10]))));

    [Fact]
    public void An_altered_statement_is_told_and_not_believed()
    {
        var altered = _envelope with { Payload = JsonSerializer.SerializeToUtf8Bytes(Statement(new string('b', 64)), ContractsJson.Default.InTotoStatement) };
        var verdict = Check(altered, sha256: new string('b', 64));
        Assert.Equal(["signature"], Failed(verdict));
        Assert.Contains("altered", verdict.Points[0].Detail);
        Assert.Null(verdict.Statement);
    }

    [Fact]
    public void Another_payload_type_breaks_the_signature() =>
        Assert.Equal(["signature", "statement"], Failed(Check(_envelope with { PayloadType = "application/json" })));

    [Fact]
    public async Task The_signature_of_a_key_that_is_not_the_brokers_is_told()
    {
        var strangers = await (await NewRingAsync()).PublishedAsync(default);
        var verdict = Check(keys: strangers);
        Assert.Equal(["signature"], Failed(verdict));
        Assert.Contains("none of the broker's", verdict.Points[0].Detail);
    }

    [Fact]
    public void A_key_that_was_removed_verifies_nothing() => Assert.Equal(["signature"], Failed(Check(keys: new ProvenanceKeys([]))));

    [Fact]
    public void An_envelope_without_signatures_is_told() => Assert.Equal(["signature"], Failed(Check(_envelope with { Signatures = [] })));

    [Fact]
    public void A_key_that_is_no_key_verifies_nothing() =>
        Assert.Equal(["signature"], Failed(Check(keys: new ProvenanceKeys([_keys.Keys[0] with { X = "AAAA" }, _keys.Keys[0] with { X = "?" }, _keys.Keys[0] with { Kty = "RSA" }]))));

    [Fact]
    public async Task What_a_rotated_key_signed_stays_verified()
    {
        var verdict = Check(keys: await _ring.RotateAsync(default));
        Assert.True(verdict.Verified);
        Assert.Contains("retired", verdict.Points[0].Detail);
    }

    /// <summary>A witness that shares no code with us: the signature is ECDSA over the DSSE encoding, which is spelled out here by hand.</summary>
    [Fact]
    public async Task OpenSsl_verifies_the_signature_over_the_encoding()
    {
        var folder = Directory.CreateTempSubdirectory("dsse-");
        try
        {
            string In(string name) => Path.Combine(folder.FullName, name);
            var payload = Convert.FromBase64String(JsonDocument.Parse(JsonSerializer.Serialize(_envelope, ContractsJson.Default.DsseEnvelope)).RootElement.GetProperty("payload").GetString()!);
            File.WriteAllBytes(In("signed"), [.. "DSSEv1 28 application/vnd.in-toto+json "u8, .. System.Text.Encoding.ASCII.GetBytes($"{payload.Length} "), .. payload]);
            File.WriteAllBytes(In("signature"), _envelope.Signatures[0].Sig);
            File.WriteAllText(In("key.pem"), _keys.Keys[0].Pem);

            using var openssl = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", "-verify", In("key.pem"), "-signature", In("signature"), In("signed")]) { RedirectStandardOutput = true })!;
            var said = await openssl.StandardOutput.ReadToEndAsync();
            await openssl.WaitForExitAsync();
            Assert.Equal((0, "Verified OK"), (openssl.ExitCode, said.Trim()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ProvenanceVerdict Check(DsseEnvelope? envelope = null, ProvenanceKeys? keys = null, string? sha256 = null, BuildId? build = null) =>
        ProvenanceCheck.Run(envelope ?? _envelope, keys ?? _keys, sha256 ?? _artifact, build ?? _build);

    private static IEnumerable<string> Failed(ProvenanceVerdict verdict) => verdict.Points.Where(point => !point.Passed).Select(point => point.Name);

    private static async Task<KeyRing> NewRingAsync()
    {
        var storage = await Containers.StorageAsync();
        return new KeyRing(storage, Protections.Box(storage), TimeProvider.System, Options.Create(new ProvenanceOptions()), AuditLogs.Of(storage));
    }

    private static InTotoStatement Statement(string sha256) => new()
    {
        Type = InTotoStatement.V1,
        Subject = [new ResourceDescriptor { Name = "shop.tar.gz", Digest = new Dictionary<string, string> { ["sha256"] = sha256 } }],
        PredicateType = SlsaProvenance.V1,
        Predicate = JsonSerializer.SerializeToElement(new { buildDefinition = new { internalParameters = new { build = _build.ToString() } } }),
    };
}
