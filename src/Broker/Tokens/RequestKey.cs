using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>
/// An Idempotency-Key and the token that it came with. It says something within one token and one app: others may use the same text, a commit's SHA say, for
/// something else. Whoever sends a request again with another token, a new one of the same person among them, asks for something new.
/// </summary>
public sealed record RequestKey(TokenId Token, string Text)
{
    /// <summary>What no other token and no other app can write; neither of the two has a bar in it.</summary>
    public string For(AppName app) => $"{Token}|{app}|{Text}";
}
