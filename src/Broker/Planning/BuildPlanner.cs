using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Sources.Detection;
using BuildFunctions.Sources.Detection.Packages;
using BuildFunctions.Sources.Settings;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Planning;

/// <summary>Reads the source's settings and files and decides what the build does: request before app.json before detection before defaults.</summary>
public sealed class BuildPlanner(
    SourceTrees sources, FoundOutputs outputs, BuildSecrets secrets, AppVariables variables, PlanStore plans, BuildJournal journal)
{
    public async Task<BuildPlan> PlanAsync(BuildOrder order, ReceivedSource source, CancellationToken cancellation)
    {
        await journal.EnterAsync(order.Id, BuildPhase.Preparing, null, cancellation, also: build => build with { Commit = source.Commit });
        var fingerprint = new SourceFingerprint();
        var tree = await sources.ReadAsync(source.Digest, fingerprint, cancellation);
        var plan = Decide(order, source, tree, fingerprint, await variables.ListAsync(order.App, cancellation));
        if (plan.OutputIsGuess && await outputs.FindAsync(plan, cancellation) is { } found)
        {
            // The cache's key keeps the guess: what an earlier build of the same inputs made is as good.
            plan = plan with { Output = found };
        }

        if (plan.Secrets.Count > 0)
        {
            // Another value of a secret may make another artifact.
            plan = plan with { CacheKey = plan.CacheKey.With("secrets", await secrets.FingerprintAsync(order.App, plan.Secrets, cancellation)) };
        }

        plan = await plans.AddAsync(plan, cancellation);
        await journal.NoteAsync(
            order.Id,
            "planned",
            Told(plan),
            cancellation,
            also: build => build with { Framework = plan.Framework, Command = plan.Command, Output = plan.Output, Warnings = plan.Warnings });
        return plan;
    }

    private static string Told(BuildPlan plan) => !plan.NeedsBuild ? "no build: the source is what is served"
        : $"{plan.Framework ?? "app"}: {plan.Install}; {plan.Command}; output {plan.Output}{(plan.OutputIsGuess ? ", a guess" : "")}";

    /// <summary>Pure: the same order and source give the same plan.</summary>
    internal static BuildPlan Decide(
        BuildOrder order, ReceivedSource source, ISourceTree tree, SourceFingerprint fingerprint, IReadOnlyDictionary<string, string>? variables = null)
    {
        var request = order.Request;
        var reading = AppSettingsFile.Read(tree, request.Root ?? "");
        if (reading is { Settings: null })
        {
            throw new RejectedException(ErrorCode.SourceInvalid, string.Join(" ", reading.Faults));
        }

        var detected = ProjectDetector.Detect(tree, request.Root ?? reading?.Settings?.Build.Root ?? "");
        var settings = ProjectSettings.Resolve(request, reading?.Settings, detected);
        var commanded = settings.Command.Source is SettingSource.Request or SettingSource.AppJson && settings.Command.Value is not null;
        if (detected is { Server: true, Output: null } && settings.Output.Value is null && !request.NoBuild && !commanded)
        {
            // Else the whole source would be published, a server's own files among it.
            throw new RejectedException(ErrorCode.SourceInvalid, string.Join(' ', detected.Warnings));
        }

        var guessed = settings.Output.Source is SettingSource.Detected or SettingSource.Default && (commanded || detected.OutputIsGuess);
        var plan = new BuildPlan
        {
            Build = order.Id,
            App = order.App,
            SourceDigest = source.Digest,
            Framework = request.Framework ?? detected.Label,
            Root = settings.Root.Value,
            InstallRoot = settings.Install.Source == SettingSource.Detected ? detected.InstallRoot : settings.Root.Value,
            Install = settings.Install.Value,
            Command = settings.Command.Value,
            Output = request.NoBuild ? request.Output ?? "." : settings.Output.Value ?? ".",
            OutputIsGuess = guessed && !request.NoBuild,
            PackageManager = PackageManagerOf(request, detected),
            // An app in which nothing speaks of Node.js takes the host's as it is: fetching another would cost every such build seconds.
            Node = settings.Node.Source == SettingSource.Default ? null : settings.Node.Value,
            NodeAccepted = settings.Node.Source is SettingSource.Request or SettingSource.AppJson && settings.Node.Value != detected.Node ? [] : detected.NodeAccepted,
            Env = Merge(variables, settings, request.Secrets),
            // Only the request names secrets: whoever writes the source must not choose what it is given.
            Secrets = [.. (request.Secrets ?? []).Distinct()],
            Spa = request.Spa ?? detected.Spa,
            NeedsBuild = !request.NoBuild && (commanded || (request.NeedsBuild ?? detected.NeedsBuild)),
            GoesLive = (request.Deploy ?? DeployTarget.Production) == DeployTarget.Production,
            Server = request.Server,
            CacheKey = CacheKey.Of([]),
            Warnings = [.. reading?.Warnings ?? [], .. detected.Warnings],
        };
        return plan with { CacheKey = KeyOf(plan, order, fingerprint) };
    }

    /// <summary>The app's own variables stand below those of app.json and of the request, and give way to a secret of the same name.</summary>
    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string>? variables, ProjectSettings settings, IReadOnlyList<string>? secrets)
    {
        var env = (variables ?? new Dictionary<string, string>()).Where(variable => secrets?.Contains(variable.Key) != true).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, setting) in settings.Env)
        {
            env[name] = setting.Value;
        }

        return env;
    }

    /// <summary>A request that names only the manager leaves its version to what the source pins.</summary>
    private static string PackageManagerOf(BuildRequest request, DetectedProject detected) =>
        (request.PackageManager ?? detected.PackageManager ?? "npm") is var name && name == detected.PackageManager && detected.PackageManagerVersion is { } version
            ? $"{name}@{version}"
            : name;

    private static CacheKey KeyOf(BuildPlan plan, BuildOrder order, SourceFingerprint source)
    {
        var locks = LockFiles.Names.Select(name => plan.InstallRoot.Length == 0 ? name : $"{plan.InstallRoot}/{name}").Where(path => source.Find(path) is not null).ToList();
        return CacheKey.Of(
        [
            new("format", "3"),
            new("source", source.Without(locks)),
            new("lockfile", string.Join(' ', locks.Select(path => $"{path} {source.Find(path)}"))),
            new("root", plan.Root),
            new("install", plan.Install is null ? null : $"{plan.InstallRoot}: {plan.Install}"),
            new("command", plan.Command),
            new("output", plan.OutputIsGuess ? $"{plan.Output}, or what the build makes" : plan.Output),
            new("packageManager", plan.PackageManager),
            new("node", plan.Node),
            .. CacheKey.Hidden(plan.Env),
            new("provider", plan.NeedsBuild ? order.Providers[0] : "none"),
            new("build", plan.NeedsBuild ? "yes" : "no"),
            .. plan.Server is { } server ? [new("server", KeyOf(server))] : Array.Empty<KeyValuePair<string, string?>>(),
        ]);
    }

    /// <summary>What may make another artifact; where it runs otherwise, and what is left there, may not.</summary>
    private static string KeyOf(ServerNeeds server) =>
        $"{server.Architecture} {server.Name} {server.Image} {string.Join(' ', server.Toolchains ?? [])} {string.Join(' ', server.Labels ?? [])}";
}
