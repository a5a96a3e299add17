using System.Reflection;
using System.Text.Json;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Broker.Provenance;

/// <summary>What the broker says of artifacts; pure.</summary>
internal static class Statements
{
    private static readonly string _version =
        typeof(Statements).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <param name="build">The record at the moment when the artifact has been validated.</param>
    public static InTotoStatement Built(BuildOrder order, BuildPlan plan, Build build, BuiltRelease release, StatementTerms terms)
    {
        var attempts = build.Attempts.Select(attempt => attempt.Number == build.Attempt ? attempt with { Outcome = "succeeded", FinishedAt = terms.Now } : attempt).ToList();
        var last = attempts.LastOrDefault(attempt => attempt.Number == build.Attempt);
        var provenance = new SlsaProvenance(
            new SlsaBuildDefinition(
                SlsaBuildDefinition.Type,
                External(order, plan, terms),
                new InternalParameters
                {
                    Build = plan.Build,
                    Provider = last?.Provider ?? "none",
                    Attempt = last?.Number ?? 0,
                    Run = last?.RunId,
                    Release = release.Release,
                    CacheKey = terms.Hash(CacheKeyOf(plan)),
                },
                Sources(order, plan, build)),
            new SlsaRunDetails(
                new SlsaBuilder(terms.Builder, new Dictionary<string, string> { ["buildfunctions"] = _version }),
                new SlsaMetadata
                {
                    InvocationId = last is null ? $"{plan.Build}" : $"{plan.Build}-{last.Number}",
                    StartedOn = last?.StartedAt ?? build.StartedAt ?? build.CreatedAt,
                    FinishedOn = terms.Now,
                    Attempts = attempts,
                }));
        return Of(plan.App, release, SlsaProvenance.V1, JsonSerializer.SerializeToElement(provenance, ContractsJson.Default.SlsaProvenance));
    }

    public static InTotoStatement Reused(BuiltRelease release, ReuseRecord record) =>
        Of(record.App, release, ReuseRecord.V1, JsonSerializer.SerializeToElement(record, ContractsJson.Default.ReuseRecord));

    public static string CacheKeyOf(BuildPlan plan) => $"cache|{plan.CacheKey.Hash}";

    /// <summary>The digests that a stored envelope speaks of; none where it cannot be read.</summary>
    public static IEnumerable<string> DigestsIn(BinaryData envelope)
    {
        try
        {
            var payload = JsonSerializer.Deserialize(envelope.ToMemory().Span, ContractsJson.Default.DsseEnvelope)!.Payload;
            return JsonSerializer.Deserialize(payload, ContractsJson.Default.InTotoStatement)!.Subject.Select(subject => subject.Digest?.GetValueOrDefault("sha256")).OfType<string>();
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static InTotoStatement Of(AppName app, BuiltRelease release, string type, JsonElement predicate) => new()
    {
        Type = InTotoStatement.V1,
        Subject =
        [
            new() { Name = $"{app}.tar.gz", Digest = Sha256(release.ArtifactSha256) },
            new() { Name = $"release/{release.Release}", Digest = Sha256(release.Release) },
        ],
        PredicateType = type,
        Predicate = predicate,
    };

    private static ExternalParameters External(BuildOrder order, BuildPlan plan, StatementTerms terms) => new()
    {
        App = plan.App,
        Repo = Public(order.Request.Repo),
        Ref = order.Request.Ref,
        Root = plan.Root,
        Install = plan.Install,
        Command = plan.Command,
        Output = plan.Output,
        Node = plan.Node,
        PackageManager = plan.PackageManager,
        Env = [.. plan.Env.Keys.Order(StringComparer.Ordinal)],
        EnvFingerprint = plan.Env.Count == 0 ? null : terms.Hash($"env|{CacheKey.Of(plan.Env.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Hash}"),
        Secrets = order.Request.Secrets ?? [],
    };

    private static List<ResourceDescriptor> Sources(BuildOrder order, BuildPlan plan, Build build)
    {
        List<ResourceDescriptor> sources = [new() { Name = "source", Uri = $"urn:sha256:{plan.SourceDigest}", Digest = Sha256(plan.SourceDigest) }];
        if (Public(order.Request.Repo) is { } repo && build.Commit is { } commit)
        {
            sources.Add(new() { Name = "repository", Uri = $"git+{repo}@{order.Request.Ref ?? commit}", Digest = new Dictionary<string, string> { ["gitCommit"] = commit } });
        }

        return sources;
    }

    /// <summary>Without the name and password that a URL may carry.</summary>
    private static string? Public(string? repo) =>
        Uri.TryCreate(repo, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? new UriBuilder(url) { UserName = "", Password = "" }.Uri.AbsoluteUri : repo;

    private static Dictionary<string, string> Sha256(string digest) => new() { ["sha256"] = digest };
}
