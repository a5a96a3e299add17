using System.Globalization;
using System.Text;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts.Jobs;

namespace BuildFunctions.Broker.Jobs;

/// <summary>The script of a job, which is its source: the server clones the repository itself.</summary>
internal static class JobRecipe
{
    public const string Script = "job.sh";
    public const string Config = "kernel.config";

    private static readonly string _body = EmbeddedText.Read("job.sh");

    private static readonly string[] _kernelPatterns = ["arch/*/boot/bzImage", "arch/*/boot/Image", "vmlinux", "*.ko", "*.dtb"];

    /// <summary>Pure: the files by name.</summary>
    public static IReadOnlyDictionary<string, string> Files(BuildJobRequest request, string app)
    {
        var config = request.BuildConfig ?? new();
        var target = request.TargetArchitecture is { } name ? TargetArchitecture.Find(name) : null;
        var inline = config.KernelConfig is { } text && JobCheck.IsInline(text);
        var patterns = config.ArtifactPatterns ?? (config.Command is null ? _kernelPatterns : []);
        var script = new StringBuilder("#!/bin/sh\n")
            .Assign("REPOSITORY", request.SourceRepository)
            .Assign("REFERENCE", request.Branch)
            .Assign("COMMIT", JobCheck.IsCommit(request.CommitHash) ? request.CommitHash : null)
            .Assign("DEPTH", (config.GitDepth ?? 1).ToString(CultureInfo.InvariantCulture))
            .Assign("SUBMODULES", config.GitSubmodules ? "yes" : null)
            .Assign("APP", app)
            .Assign("MACHINE", target?.Machine)
            .Assign("KERNEL_ARCH", target?.Kernel)
            .Assign("PREFIX", target?.Prefix)
            .Assign("CONFIG", inline ? Config : config.KernelConfig)
            .Assign("INLINE", inline ? "yes" : null)
            .Assign("MODULES", config.EnableModules ?? true ? "yes" : null)
            .Assign("DTBS", config.BuildDtbs ?? true ? "yes" : null)
            .Assign("WORKSPACE_ROOT", config.WorkspaceRoot?.TrimEnd('/'))
            .Assign("BUILD_DIRECTORY", config.BuildDirectory)
            .Assign("OUTPUT_DIRECTORY", config.OutputDirectory?.TrimEnd('/'))
            .Assign("PATTERNS", string.Join('\n', patterns.Select(ArtifactPattern.ToExpression)))
            .Assign("COMMAND", config.Command)
            .Append("more_arguments() { set -- \"$@\" ").AppendJoin(' ', (config.ExtraMakeArgs ?? []).Select(ShellText.Quote)).Append("; make_it \"$@\"; }\n")
            .Append(_body)
            .ToString();
        return inline ? new Dictionary<string, string> { [Script] = script, [Config] = config.KernelConfig! } : new Dictionary<string, string> { [Script] = script };
    }
}
