using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Embedded.Durable.Storage.Lease;

/// <summary>The body of the lease blob: for people, for a standby that has to say where the owner answers, and for one that can see whether it still lives.</summary>
internal sealed partial record OwnerRecord(string Owner, long Epoch, string? Url, DateTimeOffset Since, bool Released = false, string? Process = null)
{
    public static OwnerRecord? Parse(string body) => body.Length == 0 ? null : JsonSerializer.Deserialize(body, Json.Default.OwnerRecord);

    public override string ToString() => JsonSerializer.Serialize(this, Json.Default.OwnerRecord);

    [JsonSerializable(typeof(OwnerRecord))]
    private sealed partial class Json : JsonSerializerContext;
}
