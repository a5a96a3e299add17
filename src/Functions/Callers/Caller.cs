using System.Text.Json;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Functions.Callers;

/// <summary>Who makes this request, and what they may do.</summary>
internal sealed class Caller(AccessToken token)
{
    public AccessToken Token => token;

    public bool IsForAllApps => token.Apps is null;

    public bool Covers(AppName app) => token.Covers(app);

    /// <summary>Refuses unless the token holds the right on this app; nothing is said of whether there is such an app.</summary>
    public void Require(Right right, AppName app)
    {
        if (token.Right < right || !token.Covers(app))
        {
            throw Lacks(right, $"'{app}'", new FailureField("app", app.ToString()));
        }
    }

    public void RequireAllApps(Right right)
    {
        if (token.Right < right || !IsForAllApps)
        {
            throw Lacks(right, "all apps");
        }
    }

    public void Require(Right right)
    {
        if (token.Right < right)
        {
            throw Lacks(right, on: null);
        }
    }

    public static string Word(Right right) => JsonNamingPolicy.CamelCase.ConvertName($"{right}");

    private RejectedException Lacks(Right right, string? on, params FailureField[] more)
    {
        var held = token.Apps is null ? "all apps" : string.Join(", ", token.Apps.Select(app => $"'{app}'"));
        return new RejectedException(
            ErrorCode.Forbidden,
            $"This needs '{Word(right)}'{(on is null ? "" : $" on {on}")}. The token '{token.Label}' has '{Word(token.Right)}' on {held}.",
            [new FailureField("needs", Word(right)), .. more]);
    }
}
