namespace BuildFunctions.Embedded.Durable.Storage.Transport;

internal sealed record StoredBlob(string Name, DateTimeOffset CreatedAt);
