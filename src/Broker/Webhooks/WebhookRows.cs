using System.Text.Json;
using Azure.Data.Tables;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Rows of the webhooks table: one partition of subscriptions, for each one a partition of its deliveries, and one of switches that are still to be told.</summary>
internal static class WebhookRows
{
    public const string Hooks = "hooks";
    public const string Switches = "switches";

    public static TableEntity Write(WebhookRecord hook) => new(Hooks, hook.Id.ToString())
    {
        ["Url"] = hook.Url,
        ["Events"] = string.Join(' ', hook.Events),
        ["App"] = hook.App?.ToString(),
        ["CreatedAt"] = hook.CreatedAt,
        ["Secret"] = hook.ClosedSecret,
        ["FailingSince"] = hook.FailingSince,
        ["Disabled"] = hook.Disabled,
    };

    public static WebhookRecord ReadHook(TableEntity row) => new(
        Id(row.RowKey),
        row.GetString("Url") ?? "",
        (row.GetString("Events") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        AppName.TryParse(row.GetString("App"), out var app) ? app : null,
        row.GetDateTimeOffset("CreatedAt") ?? default,
        row.GetBinary("Secret") ?? [])
    {
        FailingSince = row.GetDateTimeOffset("FailingSince"),
        Disabled = row.GetString("Disabled"),
    };

    public static TableEntity Write(DeliveryRecord delivery) => new(delivery.Webhook.ToString(), delivery.Id)
    {
        ["Event"] = delivery.Event,
        ["At"] = delivery.At,
        ["Body"] = delivery.Body,
        ["State"] = delivery.State,
        ["Tries"] = JsonSerializer.Serialize([.. delivery.Tries], ContractsJson.Default.WebhookTryArray),
        ["Planned"] = delivery.Planned,
    };

    public static DeliveryRecord ReadDelivery(TableEntity row) =>
        new(Id(row.PartitionKey), row.RowKey, row.GetString("Event") ?? "", row.GetDateTimeOffset("At") ?? default, row.GetString("Body") ?? "")
        {
            State = row.GetString("State") ?? DeliveryRecord.Failed,
            Tries = JsonSerializer.Deserialize(row.GetString("Tries") ?? "[]", ContractsJson.Default.WebhookTryArray) ?? [],
            Planned = row.GetInt32("Planned") ?? 0,
        };

    private static WebhookId Id(string text) => WebhookId.TryParse(text, out var id) ? id : throw new InvalidDataException($"{text} is no webhook's id.");
}
