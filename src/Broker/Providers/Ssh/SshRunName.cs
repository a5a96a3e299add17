using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>A run and the server that it is on, which its handle's text holds: nothing else is needed to find it again.</summary>
internal readonly record struct SshRunName(string Server, RunId Run)
{
    public static SshRunName Of(RunHandle handle)
    {
        var slash = handle.RunId.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && RunId.TryParse(handle.RunId[(slash + 1)..], out var run)
            ? new(handle.RunId[..slash], run)
            : throw new RejectedException(ErrorCode.NotFound, $"'{handle.RunId}' is not a run on a build server.");
    }

    public RunHandle Handle => new() { Provider = SshProvider.ProviderName, RunId = ToString() };

    public override string ToString() => $"{Server}/{Run}";
}
