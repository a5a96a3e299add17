namespace BuildFunctions.Engine.Storage;

/// <summary>Another process owns the hub: whatever this one decided has no effect, and it must stop.</summary>
internal sealed class FencedException(string message, Exception? inner = null) : Exception(message, inner);
