namespace BuildFunctions.Chaos.Builds;

/// <summary>How many bodies are on their way at this moment.</summary>
internal sealed class Uploads
{
    private int _open;

    public int Count => Volatile.Read(ref _open);

    public IDisposable Open()
    {
        Interlocked.Increment(ref _open);
        return new Upload(this);
    }

    private sealed class Upload(Uploads uploads) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref uploads._open);
    }
}
