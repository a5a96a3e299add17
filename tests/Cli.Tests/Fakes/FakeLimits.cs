using BuildFunctions.Contracts.Limits;

namespace BuildFunctions.Cli.Tests.Fakes;

internal static class FakeLimits
{
    public static Limit Source { get; } = new()
    {
        Name = LimitName.SourceBytes,
        Value = "50000000",
        Default = "50000000",
        From = "default",
        What = "bytes of an uploaded source, compressed",
    };
}
