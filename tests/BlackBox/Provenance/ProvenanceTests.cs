using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.BlackBox.Provenance;

public sealed class ProvenanceTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task The_statement_of_a_build_verifies_the_artifact_that_is_downloaded_and_says_how_it_was_made()
    {
        var build = await Http.RunAsync(also: request => request with { Env = new Dictionary<string, string> { ["GREETING"] = "a-value-nobody-should-see" } });
        var artifact = Convert.ToHexStringLower(SHA256.HashData(await Http.GetByteArrayAsync($"/api/builds/{build.Id}/artifact")));
        var envelope = (await Http.GetFromJsonAsync($"/api/builds/{build.Id}/provenance", ContractsJson.Default.DsseEnvelope))!;
        var keys = (await usual.Stranger.GetFromJsonAsync("/api/provenance/keys", ContractsJson.Default.ProvenanceKeys))!;

        var verdict = ProvenanceCheck.Run(envelope, keys, artifact, build.Id);

        Assert.True(verdict.Verified, string.Join("; ", verdict.Points));
        var said = JsonSerializer.Deserialize(verdict.Statement!.Predicate, ContractsJson.Default.SlsaProvenance)!;
        Assert.Equal((Api.MakePage, "local"), (said.BuildDefinition.ExternalParameters.Command, said.BuildDefinition.InternalParameters.Provider));
        Assert.Equal(["GREETING"], said.BuildDefinition.ExternalParameters.Env);
        Assert.DoesNotContain("a-value-nobody-should-see", Encoding.UTF8.GetString(envelope.Payload), StringComparison.Ordinal);
        Assert.Equal("succeeded", Assert.Single(said.RunDetails.Metadata.Attempts).Outcome);
    }

    [Fact]
    public async Task The_statement_is_found_by_the_artifacts_bytes_and_by_nobody_elses_token()
    {
        var build = await Http.RunAsync($"mkdir -p out && echo {Api.NewApp()} > out/index.html");

        Assert.Equal(await Http.GetByteArrayAsync($"/api/builds/{build.Id}/provenance"), await Http.GetByteArrayAsync($"/api/provenance/artifacts/{build.ArtifactSha256}"));
        using var stranger = await usual.Broker.ClientAsync(Right.Read, "another-app");
        using var foreign = await stranger.GetAsync($"/api/provenance/artifacts/{build.ArtifactSha256}");
        await foreign.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var nobodys = await Http.GetAsync($"/api/provenance/artifacts/{new string('0', 64)}");
        await nobodys.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_build_from_the_cache_has_the_original_statement_and_one_of_its_own()
    {
        var app = Api.NewApp();
        var made = await Http.RunAsync(also: request => request with { App = app });
        var reused = await Http.RunAsync(also: request => request with { App = app });

        Assert.Equal(await Http.GetByteArrayAsync($"/api/builds/{made.Id}/provenance"), await Http.GetByteArrayAsync($"/api/builds/{reused.Id}/provenance"));
        var own = (await Http.GetFromJsonAsync($"/api/builds/{reused.Id}/provenance?statement=reuse", ContractsJson.Default.DsseEnvelope))!;
        var statement = JsonSerializer.Deserialize(own.Payload, ContractsJson.Default.InTotoStatement)!;
        Assert.Equal((ReuseRecord.V1, made.Id), (statement.PredicateType, JsonSerializer.Deserialize(statement.Predicate, ContractsJson.Default.ReuseRecord)!.ReusedFrom));
    }

    [Fact]
    public async Task A_rotated_key_leaves_what_was_signed_verified()
    {
        var build = await Http.RunAsync();

        using var rotated = await Http.PostAsync("/api/provenance/keys", null);

        Assert.Equal(HttpStatusCode.OK, rotated.StatusCode);
        var verdict = (await Http.GetFromJsonAsync($"/api/builds/{build.Id}/provenance?verify=true", ContractsJson.Default.ProvenanceVerdict))!;
        Assert.Contains("retired", Assert.Single(verdict.Points, point => point is { Name: "signature", Passed: true }).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_made_nothing_has_no_provenance()
    {
        var build = await Http.RunAsync("exit 3");

        using var answer = await Http.GetAsync($"/api/builds/{build.Id}/provenance");

        Assert.Equal(BuildStatus.Failed, build.Status);
        await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }
}
