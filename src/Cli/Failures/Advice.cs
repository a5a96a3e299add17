using System.Globalization;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Limits;

namespace BuildFunctions.Cli.Failures;

/// <summary>A problem as a person wants it: what happened, what to do next, and what the program ends with.</summary>
internal sealed record Advice(string What, string? Next, ExitCode Code)
{
    /// <param name="subject">The build that the command was about, for the next command to name; without one, that is about the newest of this folder.</param>
    public static Advice For(Problem problem, string? subject)
    {
        var what = problem.Detail ?? problem.Title;
        var id = subject is null ? "" : $" {subject}";
        string Field(string name, string otherwise) => ValueOf(problem, name) ?? otherwise;
        return problem.Code switch
        {
            ErrorCode.BuildNotConfigured => new(what, $"{(Field("hint", "") == "bf config list" ? "See which are set up" : "Set it up")}: {Field("hint", $"bf config build.{Field("provider", "github")} --token")}", ExitCode.Refused),
            ErrorCode.BuildTimeout => new($"The build exceeded {Field("timeout", "its")} seconds{(ValueOf(problem, "phase") is { } phase ? $" ({phase})" : "")}.",
                "Give it more time (bf deploy --timeout SECONDS), or see where it hangs: bf logs" + id, ExitCode.TimedOut),
            ErrorCode.BuildFailed => new(Failed(problem, what), $"See the whole log: bf logs{id}", ExitCode.BuildFailed),
            ErrorCode.BuildQuotaExceeded => new($"The quota of {Field("provider", "the provider")} is used up{Later(problem)}.",
                "Choose another: bf deploy --provider NAME", ExitCode.BuildFailed),
            ErrorCode.ArtifactTooLarge => new($"The artifact has {Field("size", "too many")} bytes; the limit is {Field("limit", "lower")}.",
                "Is the output folder the right one (build.output in app.json)? Source maps and caches do not belong there.", ExitCode.BuildFailed),
            ErrorCode.ArtifactInvalid => new($"The artifact was refused: {Field("why", what)}{(ValueOf(problem, "entry") is { } entry ? $" ({entry})" : "")}.",
                $"See what the build wrote: bf logs{id}", ExitCode.BuildFailed),
            ErrorCode.SourceTooLarge => new(Oversize(problem, what), Raise(problem), ExitCode.Refused),
            ErrorCode.SourceInvalid => new(what, "Nothing was built. Pack and send it again: bf deploy", ExitCode.Refused),
            ErrorCode.ProviderUnavailable => new($"{Field("provider", "The provider")} does not answer{Later(problem)}.", $"Try again (bf retry{id}) or choose another: bf deploy --provider NAME", ExitCode.BuildFailed),
            ErrorCode.ProviderRejected => new($"{Field("provider", "The provider")} refused: {Field("message", what)}",
                $"Check its settings: bf config list, then bf config build.{Field("provider", "NAME")} --token", ExitCode.BuildFailed),
            ErrorCode.WorkerLost => new("The machine that ran the build was lost.", $"Try again: bf retry{id}", ExitCode.BuildFailed),
            ErrorCode.RateLimited => new($"The broker is asked too often{Later(problem)}.", null, ExitCode.Refused),
            ErrorCode.StorageUnavailable => new(what, "The broker runs and its storage does not answer: is Azurite running?", ExitCode.Unreachable),
            ErrorCode.QueueFull => new($"The queue is full{Later(problem)}.", "Nothing was started. See what is waiting: bf list --status pending", ExitCode.Refused),
            ErrorCode.Validation => new(Faults(problem, what), null, ExitCode.Refused),
            ErrorCode.NotFound => new(what, "See what there is: bf list, bf apps", ExitCode.NotFound),
            ErrorCode.Conflict => new($"{what}{(ValueOf(problem, "state") is { } state ? $" (it is {state})" : "")}", subject is null ? null : $"See how it stands: bf show{id}", ExitCode.Refused),
            ErrorCode.Unauthenticated => new(what, "Sign in: bf login URL (or set BF_TOKEN)", ExitCode.NotAllowed),
            ErrorCode.Forbidden => new(what, $"Sign in with a token that has '{Field("needs", "the right")}': bf login URL", ExitCode.NotAllowed),
            _ => new(what, problem.TraceId is { } trace ? $"The broker's log has more under {trace}." : "The broker's log has more.", ExitCode.Unexpected),
        };
    }

    private static string Oversize(Problem problem, string what) => ValueOf(problem, "size") is { } size && ValueOf(problem, "limit") is { } limit
        ? $"The source was refused: {ValueOf(problem, "what") ?? "it"} has {size} bytes; the limit is {limit}."
        : what;

    /// <summary>What to leave out, and where the limit is set.</summary>
    private static string Raise(Problem problem)
    {
        var setting = ValueOf(problem, "setting") ?? ValueOf(problem, "what") switch
        {
            "the size of one file" => LimitName.SourceFileBytes,
            "its compressed size" => LimitName.SourceBytes,
            _ => null,
        };
        return $"List what a build does not need under \"exclude\" in app.json, or in .gitignore.{(setting is null ? "" : $" An admin can raise the limit: bf config set {setting} SIZE")}";
    }

    private static string Failed(Problem problem, string what)
    {
        var step = ValueOf(problem, "step") is { } text ? $"The step '{text}' failed" : "The build failed";
        var exit = ValueOf(problem, "exitCode") is { } code ? $"{step} with exit code {code}." : what;
        return ValueOf(problem, "logs") is { Length: > 0 } logs && !logs.StartsWith('/') ? $"{exit}\n{logs.TrimEnd()}" : exit;
    }

    private static string Faults(Problem problem, string what)
    {
        if (problem.Fields?.TryGetValue("errors", out var errors) != true || errors.ValueKind != JsonValueKind.Array)
        {
            return what;
        }

        var faults = errors.Deserialize(ContractsJson.Default.ValidationFaultArray) ?? [];

        // The broker says the faults in one sentence too; what stands there is not said again.
        return string.Join('\n', faults.Where(fault => !what.Contains(fault.Message, StringComparison.Ordinal)).Select(fault => $"{fault.Field}: {fault.Message}").Prepend(what));
    }

    private static string Later(Problem problem) => ValueOf(problem, "retryAfter") is { } seconds ? $"; it asks to wait {seconds} s" : "";

    private static string? ValueOf(Problem problem, string name) => problem.Fields?.TryGetValue(name, out var value) != true ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDouble().ToString("0.###", CultureInfo.InvariantCulture),
        _ => null,
    };
}
