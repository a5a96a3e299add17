namespace BuildFunctions.Engine.Storage;

/// <summary>A payload that history refers to is not in storage, or not what was stored.</summary>
internal sealed class PayloadMissingException(string message) : Exception(message);
