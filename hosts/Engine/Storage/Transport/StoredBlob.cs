namespace BuildFunctions.Engine.Storage.Transport;

internal sealed record StoredBlob(string Name, DateTimeOffset CreatedAt);
