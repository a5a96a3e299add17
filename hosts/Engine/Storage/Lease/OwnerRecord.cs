using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>The body of the lease blob: for people, and for a standby that can see whether the owner still lives.</summary>
internal sealed partial record OwnerRecord(string Owner, long Epoch, DateTimeOffset Since, bool Released = false, string? Process = null)
{
    public static OwnerRecord? Parse(string body) => body.Length == 0 ? null : JsonSerializer.Deserialize(body, Json.Default.OwnerRecord);

    public override string ToString() => JsonSerializer.Serialize(this, Json.Default.OwnerRecord);

    [JsonSerializable(typeof(OwnerRecord))]
    private sealed partial class Json : JsonSerializerContext;
}
