namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ScopedPart(Trail trail) : IDisposable
{
    public void Dispose() => trail.Add("scope disposed");
}
