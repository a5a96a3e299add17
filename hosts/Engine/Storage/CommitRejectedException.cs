namespace BuildFunctions.Engine.Storage;

/// <summary>This step can never be stored (too large, malformed, or its id is taken); nothing was applied, and other steps are not affected.</summary>
internal sealed class CommitRejectedException(string message, Exception? inner = null) : Exception(message, inner);
