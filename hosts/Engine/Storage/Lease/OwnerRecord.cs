using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Engine.Storage.Rows;

namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>
/// The body of the lease blob: for people, for a standby that can see whether the owner still lives, and for an older version, which must
/// not touch a hub that only readers from <paramref name="MinimumReader"/> on understand.
/// </summary>
internal sealed partial record OwnerRecord(
    string Owner, long Epoch, DateTimeOffset Since, bool Released = false, string? Process = null,
    int MinimumReader = 1, int Shards = InstanceKey.Shards)
{
    private const int Schema = 1;

    public bool IsNewer => MinimumReader > Schema || Shards != InstanceKey.Shards;

    public static OwnerRecord? Parse(string body) => body.Length == 0 ? null : JsonSerializer.Deserialize(body, Json.Default.OwnerRecord);

    public override string ToString() => JsonSerializer.Serialize(this, Json.Default.OwnerRecord);

    [JsonSerializable(typeof(OwnerRecord))]
    [JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
    private sealed partial class Json : JsonSerializerContext;
}
