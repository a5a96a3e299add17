using Azure;

namespace BuildFunctions.Broker.Retention;

/// <summary>Since when a blob is known to be unused, and how it was then: whoever stores the same content again changes the blob's version.</summary>
internal sealed record SweepMark(string Blob, ETag Version, DateTimeOffset Since);
