using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Provenance;
using BuildFunctions.Functions.Tests.Access;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Provenance;

[Collection(SharedBrokerCollection.Name)]
public sealed class ProvenanceTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task The_statement_of_a_build_verifies_the_artifact_that_is_downloaded_and_says_how_it_was_made()
    {
        var build = await Http.RunAsync(also: request => request with { Env = new Dictionary<string, string> { ["GREETING"] = "a-value-nobody-should-see" } });
        Assert.Equal(BuildStatus.Success, build.Status);

        var artifact = Convert.ToHexStringLower(SHA256.HashData(await Http.GetByteArrayAsync($"/api/builds/{build.Id}/artifact")));
        var text = await Http.GetStringAsync($"/api/builds/{build.Id}/provenance");
        var envelope = JsonSerializer.Deserialize(text, ContractsJson.Default.DsseEnvelope)!;
        var keys = (await shared.Host.Stranger.GetFromJsonAsync("/api/provenance/keys", ContractsJson.Default.ProvenanceKeys))!;
        var verdict = ProvenanceCheck.Run(envelope, keys, artifact, build.Id);
        Assert.True(verdict.Verified, string.Join("; ", verdict.Points));

        var said = JsonSerializer.Deserialize(verdict.Statement!.Predicate, ContractsJson.Default.SlsaProvenance)!;
        Assert.Equal(Api.MakePage, said.BuildDefinition.ExternalParameters.Command);
        Assert.Equal(["GREETING"], said.BuildDefinition.ExternalParameters.Env);
        Assert.Equal(("local", 1, build.Release), (said.BuildDefinition.InternalParameters.Provider, said.BuildDefinition.InternalParameters.Attempt, said.BuildDefinition.InternalParameters.Release));
        Assert.Equal("succeeded", Assert.Single(said.RunDetails.Metadata.Attempts).Outcome);
        Assert.True(said.RunDetails.Metadata.StartedOn <= said.RunDetails.Metadata.FinishedOn);
        Assert.DoesNotContain("a-value-nobody-should-see", System.Text.Encoding.UTF8.GetString(envelope.Payload));
        Assert.Contains(verdict.Statement.Subject, subject => subject.Digest!["sha256"] == build.Release);

        var timeline = (await Http.GetFromJsonAsync($"/api/builds/{build.Id}/timeline", ContractsJson.Default.TimelineEntryArray))!;
        Assert.Contains("provenance", timeline.Select(entry => entry.Event));
    }

    [Fact]
    public async Task The_statement_is_found_by_the_artifacts_bytes_alone()
    {
        var build = await Http.RunAsync($"mkdir -p out && echo {Api.NewApp()} > out/index.html");
        var expected = await Http.GetByteArrayAsync($"/api/builds/{build.Id}/provenance");
        Assert.Equal(expected, await Http.GetByteArrayAsync($"/api/provenance/artifacts/{build.ArtifactSha256}"));

        foreach (var nobodys in new[] { new string('0', 64), "x", $"{build.ArtifactSha256}0" })
        {
            using var answer = await Http.GetAsync($"/api/provenance/artifacts/{nobodys}");
            await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }
    }

    [Fact]
    public async Task A_token_for_another_app_does_not_find_it()
    {
        var build = await Http.RunAsync();
        using var stranger = await shared.Host.ClientAsync(Right.Read, "another-app");
        using var answer = await stranger.GetAsync($"/api/provenance/artifacts/{build.ArtifactSha256}");
        await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_build_from_the_cache_has_the_original_statement_and_one_of_its_own()
    {
        var app = Api.NewApp();
        var made = await Http.RunAsync(also: request => request with { App = app });
        var reused = await Http.RunAsync(also: request => request with { App = app });
        Assert.Equal(made.Id, reused.Cache?.ReusedFrom);

        var original = await Http.GetByteArrayAsync($"/api/builds/{made.Id}/provenance");
        Assert.Equal(original, await Http.GetByteArrayAsync($"/api/builds/{reused.Id}/provenance"));
        var own = (await Http.GetFromJsonAsync($"/api/builds/{reused.Id}/provenance?statement=reuse", ContractsJson.Default.DsseEnvelope))!;
        var statement = JsonSerializer.Deserialize(own.Payload, ContractsJson.Default.InTotoStatement)!;
        var reuse = JsonSerializer.Deserialize(statement.Predicate, ContractsJson.Default.ReuseRecord)!;
        Assert.Equal((ReuseRecord.V1, made.Id, Convert.ToHexStringLower(SHA256.HashData(original))), (statement.PredicateType, reuse.ReusedFrom, reuse.Original));
        Assert.True((await VerdictAsync(reused)).Verified);
    }

    [Fact]
    public async Task A_statement_that_was_replaced_in_storage_does_not_verify()
    {
        var build = await Http.RunAsync();
        var other = await Http.RunAsync("mkdir -p out && echo other > out/index.html");
        var store = shared.Host.Get<ProvenanceStore>();
        var foreign = (await store.FindAsync(other.Id, default))!;
        Assert.False(await store.AddAsync(build.Id, build.App, build.ArtifactSha256!, foreign, default));
        await store.DeleteAsync(build.Id, default);
        await store.AddAsync(build.Id, build.App, build.ArtifactSha256!, foreign, default);

        var verdict = await VerdictAsync(build);
        Assert.Equal(["artifact", "build"], verdict.Points.Where(point => !point.Passed).Select(point => point.Name));
    }

    [Fact]
    public async Task Rotating_needs_admin_and_leaves_what_was_signed_verified()
    {
        var build = await Http.RunAsync();
        using var refused = await shared.Host.Stranger.PostAsync("/api/provenance/keys", null);
        await refused.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);

        using var rotated = await Http.PostAsync("/api/provenance/keys", null);
        Assert.Equal(HttpStatusCode.OK, rotated.StatusCode);
        Assert.Contains("retired", (await VerdictAsync(build)).Points.Single(point => point is { Name: "signature", Passed: true }).Detail);
    }

    private async Task<ProvenanceVerdict> VerdictAsync(Build build) =>
        (await Http.GetFromJsonAsync($"/api/builds/{build.Id}/provenance?verify=true", ContractsJson.Default.ProvenanceVerdict))!;
}
