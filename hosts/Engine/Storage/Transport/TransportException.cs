namespace BuildFunctions.Engine.Storage.Transport;

/// <summary>A storage call that got no answer (<see cref="Status"/> 0) or one that is not a success.</summary>
internal sealed class TransportException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status { get; } = status;

    /// <summary>The request itself is wrong: nothing was applied, and nothing will be.</summary>
    public bool IsRefusal => Status is 400 or 413;

    /// <summary>A row was not as the request expected, or so this answer says.</summary>
    public bool IsConflict => Status is 404 or 409 or 412;

    /// <summary>Worth another try: the answer says nothing about the request.</summary>
    public bool IsTransient => Status is 0 or 401 or 403 or 408 or 429 or >= 500;
}
