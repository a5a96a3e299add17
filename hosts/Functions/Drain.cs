namespace BuildFunctions.FunctionsHost;

/// <summary>Whether this host is about to end and takes no new work.</summary>
internal sealed class Drain
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public void Begin() => _hasBegun = true;
}
