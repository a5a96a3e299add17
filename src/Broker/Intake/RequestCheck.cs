using System.Text.Json;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Intake;

/// <summary>What a request must keep to; every fault is told at once.</summary>
internal static class RequestCheck
{
    /// <summary>The request is part of a table row, whose columns hold 32,768 characters.</summary>
    private const int LargestRequest = 20_000;

    private const int MostSecrets = 50;

    public static AppName Pass(BuildRequest request, BuildOptions options)
    {
        List<ValidationFault> faults = [];
        void Check(bool valid, string field, string message)
        {
            if (!valid)
            {
                faults.Add(new ValidationFault(field, message));
            }
        }

        var longest = (int)options.MaxTimeout.TotalSeconds;
        Check(AppName.TryParse(request.App, out var app), "app", "'app' has 1 to 63 lower-case letters, digits and inner hyphens.");
        Check(request.Source is null || Enum.IsDefined(request.Source.Value), "source", "'source' is 'upload' or 'git'.");
        Check(request.Deploy is null || Enum.IsDefined(request.Deploy.Value), "deploy", "'deploy' is 'production', 'preview' or 'none'.");
        Check(request.Source != SourceKind.Git || !string.IsNullOrWhiteSpace(request.Repo), "repo", "'repo' is needed when the source is git.");
        Check(request.Providers is null || (request.Providers.Count <= 10 && request.Providers.All(name => !string.IsNullOrEmpty(name))),
            "providers", "'providers' holds 10 names at the most.");
        Check(request.Timeout is null || (request.Timeout > 0 && request.Timeout <= longest), "timeout", $"'timeout' is between 1 and {longest} seconds.");
        Check(request.Supersede is null || Enum.IsDefined(request.Supersede.Value), "supersede", "'supersede' is 'off', 'queued' or 'running'.");
        Check(request.Origin is null or { Length: <= 300 }, "origin", "'origin' has 300 characters at the most.");
        Check(request.Priority is >= -1000 and <= 1000, "priority", "'priority' is between -1000 and 1000.");
        Check(IsInside(request.Root), "root", "'root' is a folder inside the source.");
        Check(IsInside(request.Output), "output", "'output' is a folder inside the app.");
        Check(request.Env is null || request.Env.Keys.All(SecretName.IsValid), "env", "The names in 'env' have letters, digits and underscores.");
        Check(request.Env is null || request.Env.Values.All(value => value is not null && !value.Contains('\0')), "env", "The values in 'env' are text.");
        var excess = BuildEnvironment.Excess(request.Env ?? new Dictionary<string, string>());
        Check(excess is null, "env", $"'env' {excess}.");
        Check(request.Secrets is null || (request.Secrets.Count <= MostSecrets && request.Secrets.All(SecretName.IsValid)),
            "secrets", $"'secrets' holds {MostSecrets} names of stored secrets at the most.");
        Check(request.Secrets is null || request.Env is null || !request.Secrets.Any(request.Env.ContainsKey), "secrets", "A name is in 'env' or in 'secrets', not in both.");
        Check(new[] { request.Command, request.Install }.All(command => command is null or { Length: < 4000 }), "command", "A command has fewer than 4,000 characters.");
        Check(JsonSerializer.Serialize(request, ContractsJson.Default.BuildRequest).Length <= LargestRequest,
            request.Env is { Count: > 0 } ? "env" : "body", $"A request holds {LargestRequest} characters at the most, as JSON.");
        faults.AddRange(request.Server is { } server ? ServerCheck.Faults(server) : []);
        return faults.Count == 0 ? app : throw RejectedException.Invalid(faults);
    }

    private static bool IsInside(string? path) =>
        path is null || (path.Length < 240 && !path.StartsWith('/') && !path.Contains('\\') && !path.Contains('\0') && !path.Split('/').Contains(".."));
}
