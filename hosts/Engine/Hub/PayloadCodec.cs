using System.Text.Json;
using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Hub;

/// <summary>Between what a turn decided and what a row holds: long texts become references, and texts again.</summary>
internal sealed class PayloadCodec(IHubStore store)
{
    /// <param name="before">The head as it is in storage, if it is.</param>
    public async Task<(StepCommit Step, IReadOnlyList<HistoryEvent> Events)> WriteAsync(StepDraft draft, InstanceHead? before)
    {
        var id = draft.Head.Id;
        var head = draft.Head with
        {
            Input = await KeepAsync(draft.Head.Input, before?.Input),
            Output = await KeepAsync(draft.Head.Output, before?.Output),
            Failure = await KeepAsync(draft.Head.Failure, before?.Failure),
        };
        var events = new List<HistoryEvent>(draft.Events.Count);
        foreach (var happened in draft.Events)
        {
            events.Add(PayloadText.FitsInline(happened.Payload)
                ? happened : happened with { Payload = await KeepAsync(happened.Payload, null) });
        }

        var text = HistoryJson.Write(events);
        if (text.Length > StepCommit.MaximumEventsLength)
        {
            text = HistoryJson.Write([new HistoryEvent.Spilled(await store.PutPayloadAsync(id, text, CancellationToken.None))]);
        }

        return (new StepCommit(draft.Kind, head, text, events.Count), events);

        async Task<string?> KeepAsync(string? payload, string? stored) => PayloadText.FitsInline(payload) || ReferenceEquals(payload, stored)
            ? payload : await store.PutPayloadAsync(id, payload!, CancellationToken.None);
    }

    public async Task<IReadOnlyList<HistoryEvent>> ReadAsync(IEnumerable<string> commits, bool withPayloads, CancellationToken cancellation)
    {
        var events = new List<HistoryEvent>();
        foreach (var commit in commits)
        {
            var read = HistoryJson.Read(commit);
            events.AddRange(read is [HistoryEvent.Spilled spilled]
                ? HistoryJson.Read(await store.GetPayloadAsync(spilled.Reference, cancellation)) : read);
        }

        if (withPayloads)
        {
            // Only what is delivered is needed again; the inputs of calls are not.
            for (var i = 0; i < events.Count; i++)
            {
                if (events[i] is not HistoryEvent.Opening && PayloadText.IsReference(events[i].Payload))
                {
                    events[i] = events[i] with { Payload = await store.GetPayloadAsync(events[i].Payload!, cancellation) };
                }
            }
        }

        return events;
    }

    /// <summary>What is stored makes no sense; asking again would not help.</summary>
    public static bool IsUnreadable(Exception failure) => failure is JsonException or NotSupportedException or PayloadMissingException;

    public async Task<string?> ResolveAsync(string? payload, CancellationToken cancellation) =>
        PayloadText.IsReference(payload) ? await store.GetPayloadAsync(payload!, cancellation) : payload;
}
