using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

public class WorkerOptions
{
    /// <summary>Reads and writes payloads; null stands for System.Text.Json with case-insensitive names.</summary>
    public ObjectSerializer? Serializer { get; set; }
}
