namespace BuildFunctions.Engine.Storage;

/// <summary>Another process owns the hub: whatever this one decided has no effect, and it must stop.</summary>
internal sealed class FencedException : Exception
{
    public FencedException(string message) : base(message) { }

    public FencedException(string message, Exception inner) : base(message, inner) { }
}
