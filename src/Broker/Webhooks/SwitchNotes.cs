using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>
/// Which apps are being switched by hand. A note is written before the switch and goes when the switch was told, so that after a kill between the two somebody
/// knows where to look; it says nothing of whether the switch was made, which the app's history does.
/// </summary>
public sealed class SwitchNotes(BrokerStorage storage, TimeProvider time)
{
    private const int RandomDigits = 16;

    public async Task<SwitchNote> AddAsync(AppName app, CancellationToken cancellation)
    {
        var note = new SwitchNote(app, $"{app}|{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}", time.GetUtcNow());
        await storage.Webhooks.AddEntityAsync(
            new TableEntity(WebhookRows.Switches, note.Row) { ["App"] = note.App.ToString(), ["Since"] = note.At }, cancellation);
        return note;
    }

    public async Task RemoveAsync(SwitchNote note, CancellationToken cancellation) =>
        await storage.Webhooks.DeleteEntityAsync(WebhookRows.Switches, note.Row, ETag.All, cancellation);

    public async Task<IReadOnlyList<SwitchNote>> ListAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        List<SwitchNote> notes = [];
        var rows = storage.Webhooks.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {WebhookRows.Switches} and Since lt {before}"), cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (AppName.TryParse(row.GetString("App"), out var app))
            {
                notes.Add(new SwitchNote(app, row.RowKey, row.GetDateTimeOffset("Since") ?? default));
            }
        }

        return notes;
    }
}
