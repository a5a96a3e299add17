namespace BuildFunctions.Engine.Hub;

/// <summary>This process may not write to the hub now; another may, or this one soon.</summary>
internal sealed class HubUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
