using Azure.Data.Tables;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>Between records and table rows.</summary>
internal static class DeploymentRows
{
    public const string Kept = "Kept";

    public static TableEntity Of(DeploymentRecord record) => new(record.App.ToString(), DeploymentKeys.Of(record.Id))
    {
        ["Id"] = record.Id.ToString(),
        ["Build"] = record.Build?.ToString(),
        ["Origin"] = record.Origin,
        ["Release"] = record.Release,
        ["SinglePage"] = record.SinglePage,
        ["Preview"] = record.Preview,
        ["Files"] = record.Files,
        ["Bytes"] = record.Bytes,
        ["CreatedAt"] = record.CreatedAt,
        ["ExpiresAt"] = record.ExpiresAt,
    };

    public static DeploymentRecord ToRecord(TableEntity row) => new()
    {
        Id = Id<DeploymentId>(row, "Id"),
        App = App(row),
        Build = Optional<BuildId>(row, "Build"),
        Origin = row.GetString("Origin"),
        Release = Text(row, "Release"),
        SinglePage = row.GetBoolean("SinglePage") ?? false,
        Preview = row.GetBoolean("Preview") ?? false,
        Files = row.GetInt32("Files") ?? 0,
        Bytes = row.GetInt64("Bytes") ?? 0,
        CreatedAt = Time(row, "CreatedAt"),
        ExpiresAt = row.GetDateTimeOffset("ExpiresAt"),
        Kept = row.GetBoolean(Kept) ?? false,
        Version = row.ETag.ToString(),
    };

    public static TableEntity Of(LivePointer pointer) => new(pointer.App.ToString(), DeploymentKeys.Live)
    {
        ["Deployment"] = pointer.Deployment.ToString(),
        ["Release"] = pointer.Release,
        ["SinglePage"] = pointer.SinglePage,
        ["Sequence"] = pointer.Sequence.ToString(),
        ["Build"] = pointer.Build?.ToString(),
        ["Origin"] = pointer.Origin,
        ["SwitchedAt"] = pointer.SwitchedAt,
        ["Previous"] = string.Join(' ', pointer.Previous),
    };

    public static LivePointer ToPointer(TableEntity row) => new()
    {
        App = App(row),
        Deployment = Id<DeploymentId>(row, "Deployment"),
        Release = Text(row, "Release"),
        SinglePage = row.GetBoolean("SinglePage") ?? false,
        Sequence = Sequence(row),
        Build = Optional<BuildId>(row, "Build"),
        Origin = row.GetString("Origin"),
        SwitchedAt = Time(row, "SwitchedAt"),
        Version = row.ETag.ToString(),
        Previous = [.. (row.GetString("Previous") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse<DeploymentId>)],
    };

    public static TableEntity Of(AppName app, LiveSwitch line) => new(app.ToString(), DeploymentKeys.Of(line.Sequence))
    {
        ["Sequence"] = line.Sequence.ToString(),
        ["Deployment"] = line.Deployment.ToString(),
        ["Reason"] = line.Reason.ToString(),
        ["Build"] = line.Build?.ToString(),
        ["At"] = line.At,
        ["Key"] = line.Request?.Key,
        ["Request"] = line.Request?.Text,
    };

    public static LiveSwitch ToSwitch(TableEntity row) => new(
        Sequence(row), Id<DeploymentId>(row, "Deployment"), Enum.TryParse<SwitchReason>(row.GetString("Reason"), out var reason) ? reason : SwitchReason.Build,
        Optional<BuildId>(row, "Build"), Time(row, "At"))
    {
        Request = row.GetString("Request") is { } text ? new(row.GetString("Key"), text) : null,
    };

    private static AppName App(TableEntity row) => AppName.TryParse(row.PartitionKey, out var app) ? app : throw Broken(row, "PartitionKey");

    private static DeploySequence Sequence(TableEntity row) => DeploySequence.TryParse(row.GetString("Sequence"), out var sequence) ? sequence : throw Broken(row, "Sequence");

    private static string Text(TableEntity row, string name) => row.TryGetValue(name, out var value) && value is string { Length: > 0 } text ? text : throw Broken(row, name);

    private static DateTimeOffset Time(TableEntity row, string name) => row.GetDateTimeOffset(name) ?? throw Broken(row, name);

    private static TId Id<TId>(TableEntity row, string name)
        where TId : struct, ISortableId<TId> => TId.TryParse(Text(row, name), out var id) ? id : throw Broken(row, name);

    private static TId? Optional<TId>(TableEntity row, string name)
        where TId : struct, ISortableId<TId> => row.GetString(name) is { } text ? Parse<TId>(text) : null;

    private static TId Parse<TId>(string text)
        where TId : struct, ISortableId<TId> => TId.TryParse(text, out var id) ? id : throw new InvalidDataException($"{text} is no {typeof(TId).Name}.");

    private static InvalidDataException Broken(TableEntity row, string column) => new($"The row {row.PartitionKey}/{row.RowKey} has no valid {column}.");
}
