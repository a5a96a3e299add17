using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Jobs;

namespace BuildFunctions.Broker.Jobs;

/// <summary>What a job's request must keep to beside what builds must; every fault is told at once.</summary>
internal static class JobCheck
{
    private const int MostEntries = 100;
    private const int LongestWord = 500;
    private const int LongestCommand = 20_000;
    private const int LongestConfig = 200 * 1024;

    public static IReadOnlyList<ValidationFault> Faults(BuildJobRequest request)
    {
        var config = request.BuildConfig ?? new();
        return
        [
            .. Unless(
                IsRepository(request.SourceRepository),
                "source_repository",
                "'source_repository' is the URL of a git repository: https://…, ssh://…, git://… or file://…, with no password or token in it"),
            .. Unless(IsReference(request.Branch), "branch", "'branch' is a branch or a tag."),
            .. Unless(
                request.CommitHash is null or "" or "HEAD" || IsCommit(request.CommitHash),
                "commit_hash",
                "'commit_hash' is a full commit id, or HEAD."),
            .. Unless(
                request.TargetArchitecture is null || TargetArchitecture.Find(request.TargetArchitecture) is not null,
                "target_architecture",
                $"'target_architecture' is one of {TargetArchitecture.Names}."),
            .. Unless(
                config.KernelConfig is null || IsConfig(config.KernelConfig),
                "kernel_config",
                "'kernel_config' is the name of a defconfig, a file in the tree, or the text of a configuration of 200 KiB at the most."),
            .. Unless(
                AreWords(config.ExtraMakeArgs),
                "extra_make_args",
                "'extra_make_args' holds 100 words without line breaks at the most."),
            .. Unless(config.GitDepth is null or >= 0, "git_depth", "'git_depth' is a number of commits, or 0 for all of them."),
            .. Unless(
                config.OutputDirectory is null || ServerCheck.IsFolder(config.OutputDirectory),
                "output_directory",
                "'output_directory' is the absolute path of a folder, in plain letters."),
            .. Unless(
                config.WorkspaceRoot is null || ServerCheck.IsFolder(config.WorkspaceRoot),
                "workspace_root",
                "'workspace_root' is the absolute path of a folder, in plain letters."),
            .. Unless(
                config.BuildDirectory is null || ServerCheck.IsFolder($"/{config.BuildDirectory.TrimStart('/')}"),
                "build_directory",
                "'build_directory' is the path of a folder, in plain letters."),
            .. Unless(
                config.ArtifactPatterns is null
                || (config.ArtifactPatterns.Count <= MostEntries
                    && config.ArtifactPatterns.All(ArtifactPattern.IsValid)),
                "artifact_patterns",
                "'artifact_patterns' holds 100 patterns of paths inside the tree at the most."),
            .. Unless(
                config.Command is null or { Length: > 0 and <= LongestCommand },
                "command",
                $"'command' has 1 to {LongestCommand} characters."),
        ];
    }

    public static bool IsCommit(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower);

    public static bool IsInline(string config) => config.Contains('\n', StringComparison.Ordinal);

    private static bool IsRepository(string? url) =>
        url is { Length: > 0 and <= LongestWord } && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.Scheme is "https" or "http" or "ssh" or "git" or "file"
        && IsWithoutSecret(parsed)
        && !url.Any(letter => char.IsControl(letter) || letter == ' ');

    /// <summary>A token in it would stand in records, logs and lists of processes. The user of an SSH address is none.</summary>
    private static bool IsWithoutSecret(Uri url) => url.UserInfo.Length == 0 || (url.Scheme == "ssh" && !url.UserInfo.Contains(':', StringComparison.Ordinal));

    private static bool IsReference(string? name) => name is null
        || (name.Length is > 0 and <= 255 && name[0] != '-' && !name.Any(letter => char.IsControl(letter) || " ~^:?*[\\".Contains(letter, StringComparison.Ordinal)));

    private static bool IsConfig(string config) => IsInline(config)
        ? config.Length <= LongestConfig
        : config.Length is > 0 and <= LongestWord && config[0] is not ('-' or '/') && !config.Split('/').Contains("..")
            && config.All(letter => char.IsAsciiLetterOrDigit(letter) || "._-/+".Contains(letter, StringComparison.Ordinal));

    private static bool AreWords(IReadOnlyList<string>? words) =>
        words is null || (words.Count <= MostEntries && words.All(word => word.Length is > 0 and <= LongestWord && !word.Any(char.IsControl)));

    private static ValidationFault[] Unless(bool valid, string field, string message) => valid ? [] : [new(field, message)];
}
