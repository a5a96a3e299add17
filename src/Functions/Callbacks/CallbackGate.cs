using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Limits;
using BuildFunctions.Functions.Problems;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Callbacks;

/// <summary>
/// Lets in the builder of an attempt that is still going on. To everyone else it says one thing, in the same time: nothing here tells which
/// builds there are, nor what is wrong with a token.
/// </summary>
public sealed class CallbackGate
{
    private const string Scheme = "Bearer ";
    private const string Function = "BuildCallback";

    private readonly AttemptTokens _tokens;
    private readonly BuildStore _store;
    private readonly RateLimits _limits;
    private readonly RefusedChanges _refused;

    internal CallbackGate(AttemptTokens tokens, BuildStore store, RateLimits limits, RefusedChanges refused) =>
        (_tokens, _store, _limits, _refused) = (tokens, store, limits, refused);

    /// <returns>The attempt that calls, or why it is not let in.</returns>
    internal async Task<(RunId? Run, IResult? Refusal)> PassAsync(HttpRequest request, CancellationToken cancellation)
    {
        var http = request.HttpContext;
        var isId = BuildId.TryParse(request.Headers["X-Build-ID"].FirstOrDefault(), out var build);
        if (!isId || await AttemptAsync(request, build, cancellation) is not { } attempt)
        {
            _limits.PassSignIn(_refused.AddressOf(http));
            return (null, Forged(http, isId ? build : null, "The build id and the token do not belong together."));
        }

        _limits.PassCallback(build);
        if (await _store.FindAsync(build, cancellation) is not { } found)
        {
            return (null, Forged(http, build, "There is no such build."));
        }

        return IsOpen(found, attempt) ? (new RunId(build, attempt), null) : (null, Late(http, build, attempt));
    }

    private async ValueTask<int?> AttemptAsync(HttpRequest request, BuildId build, CancellationToken cancellation)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? await _tokens.CheckAsync(build, header[Scheme.Length..].Trim(), cancellation) : null;
    }

    private static bool IsOpen(Build build, int attempt) =>
        !build.Status.IsFinal() && build.Phase != BuildPhase.Cancelling
        && build.Attempt == attempt && build.Attempts.Any(one => one.Number == attempt && one.FinishedAt is null);

    private ProblemResult Forged(HttpContext http, BuildId? build, string why)
    {
        // A build that somebody only names must not be able to fill its part of the log for the real builder.
        _refused.NoteCallback(http, Function, build, isBuilder: false, StatusCodes.Status401Unauthorized, why);
        return new ProblemResult(ProblemMapper.Of(ErrorCode.Unauthenticated, "The build id and the token do not belong together."));
    }

    private ProblemResult Late(HttpContext http, BuildId build, int attempt)
    {
        _refused.NoteCallback(http, Function, build, isBuilder: true, StatusCodes.Status410Gone, $"Attempt {attempt} is over or was cancelled.");
        var over = ProblemMapper.Of(ErrorCode.Conflict, "This attempt is over.", [("state", System.Text.Json.JsonSerializer.SerializeToElement("attempt-over"))]);
        return new ProblemResult(over with { Status = StatusCodes.Status410Gone });
    }
}
