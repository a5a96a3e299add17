using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Tests.Fakes;

public sealed record FakeBuild(Build Record, BuildRequest Request)
{
    public string? Sha256 { get; init; }

    public long Uploads { get; init; }
}
