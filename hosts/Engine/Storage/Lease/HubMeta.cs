using System.Globalization;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>What was decided when the hub was created. A reader older than <see cref="MinimumReader"/> must not touch it.</summary>
internal sealed record HubMeta(int Schema, int MinimumReader, int Shards)
{
    public const string Key = "!hub";

    public static HubMeta Current { get; } = new(Schema: 1, MinimumReader: 1, InstanceKey.Shards);

    public static HubMeta? Of(Row? row) =>
        row is null ? null : new((int)row.Number(nameof(Schema)), (int)row.Number(nameof(MinimumReader)), (int)row.Number(nameof(Shards)));

    public RowOperation Insert(DateTimeOffset now) => new(RowOperationKind.Insert, Key, new Dictionary<string, object>
    {
        [nameof(Schema)] = Schema,
        [nameof(MinimumReader)] = MinimumReader,
        [nameof(Shards)] = Shards,
        ["Created"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    });

    public void Check(string hub)
    {
        if (MinimumReader > Current.Schema || Shards != Current.Shards)
        {
            throw new InvalidOperationException(
                $"Hub '{hub}' was written by a newer version (schema {Schema}, readable from {MinimumReader}, {Shards} shards); this one knows schema {Current.Schema}.");
        }
    }
}
