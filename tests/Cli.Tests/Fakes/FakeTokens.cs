using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Tests.Fakes;

internal static class FakeTokens
{
    public const string Secret = "bf_shown-once";

    public static Token Ci { get; } = new()
    {
        Id = TokenId.TryParse("tok_0123456789abcdef0123", out var id) ? id : default,
        Label = "ci",
        Right = Right.Admin,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Current = true,
    };

    public static AuditPage Audit { get; } = new(
        [
            new() { Id = "2", At = DateTimeOffset.UnixEpoch, Actor = "tok_0123456789abcdef0123", Label = "ci", From = "127.0.0.1", Action = "Promote", Target = "dep_1", Status = 200, Outcome = AuditOutcome.Answered },
            new() { Id = "1", At = DateTimeOffset.UnixEpoch, Actor = "broker", Action = "Sweep", Outcome = AuditOutcome.Unknown },
        ],
        "1");
}
