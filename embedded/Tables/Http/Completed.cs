namespace Azure.Data.Tables.Http;

/// <summary>Takes the result of a call that was made with <c>async: false</c>.</summary>
internal static class Completed
{
    public static T Result<T>(this ValueTask<T> task)
    {
        System.Diagnostics.Debug.Assert(task.IsCompleted, "A synchronous call waits in the transport, not here.");
        return task.GetAwaiter().GetResult();
    }
}
