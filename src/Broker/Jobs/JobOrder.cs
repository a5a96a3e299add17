using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Jobs;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Jobs;

/// <summary>A job's request as the build that it is. Pure.</summary>
internal static class JobOrder
{
    /// <summary>Where the build's request keeps the job's.</summary>
    private const string Variable = "BUILD_JOB";

    private const string Inline = "(the text that was sent)";

    public static BuildRequest ToBuild(BuildJobRequest job, string app)
    {
        var config = job.BuildConfig ?? new();
        var inline = config.KernelConfig is { } text && JobCheck.IsInline(text);
        var kept = job with { BuildConfig = config with { CustomEnv = null, KernelConfig = inline ? Inline : config.KernelConfig } };
        return new()
        {
            App = app,
            Provider = "ssh",
            Repo = job.SourceRepository,
            Ref = job.Branch,
            Install = $"sh ./{JobRecipe.Script} clone",
            Command = $"sh ./{JobRecipe.Script} build",
            Output = "job/artifacts",
            Env = new Dictionary<string, string>(config.CustomEnv ?? new Dictionary<string, string>())
            {
                [Variable] = JsonSerializer.Serialize(kept, JobsJson.Default.BuildJobRequest),
            },
            Deploy = DeployTarget.None,
            // A branch moves on, and what it stands at is known on the server alone.
            Rebuild = !JobCheck.IsCommit(job.CommitHash),
            Timeout = job.Timeout,
            Priority = job.Priority,
            Server = new ServerNeeds
            {
                Architecture = job.TargetArchitecture is { } name ? TargetArchitecture.Find(name)?.Machine : null,
                Toolchains = job.Toolchains,
                Labels = job.Labels,
                WorkspaceRoot = config.WorkspaceRoot,
                KeepWorkspace = config.KeepWorkspace,
                Image = job.Image,
                InstallsOutside = true,
            },
        };
    }

    /// <summary>Null for a build that is no job.</summary>
    public static BuildJobRequest? Of(BuildRequest build)
    {
        if (build.Env?.GetValueOrDefault(Variable) is not { } text)
        {
            return null;
        }

        try
        {
            var job = JsonSerializer.Deserialize(text, JobsJson.Default.BuildJobRequest);
            var env = build.Env.Where(variable => variable.Key != Variable).ToDictionary();
            return job is null || env.Count == 0 ? job : job with { BuildConfig = (job.BuildConfig ?? new()) with { CustomEnv = env } };
        }
        catch (JsonException)
        {
            // A variable that somebody has named so.
            return null;
        }
    }

    /// <summary>One app for a repository, so that its jobs share a mirror and find the server that has it.</summary>
    public static AppName AppOf(string repository)
    {
        var name = repository.TrimEnd('/').Split('/')[^1];
        name = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        var plain = string.Concat(name.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-').Take(40)).Trim('-');
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository)))[..8];
        return AppName.TryParse(plain.Length == 0 ? $"job-{mark}" : $"{plain}-{mark}", out var app)
            ? app
            : throw RejectedException.Invalid([new("source_repository", "The repository has no usable name.")]);
    }
}
