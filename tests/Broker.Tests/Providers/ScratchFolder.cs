namespace BuildFunctions.Broker.Tests.Providers;

internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bf-test-").FullName;

    public void Dispose() => Directory.Delete(Path, true);
}
