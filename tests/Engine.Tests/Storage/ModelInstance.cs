using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>An instance as its client knows it: what was acknowledged, and what was on its way when the process ended.</summary>
internal sealed class ModelInstance(string id, params MoveKind[] moves)
{
    private static readonly State _nothing = new(null, []);

    private State _known = _nothing;
    private State? _pending;
    private int _done;
    private int _session;

    public string Id => id;

    public bool IsFinished => _done == moves.Length;

    public async Task RunAsync(IHubStore store)
    {
        for (var session = _session; !IsFinished;)
        {
            var move = moves[_done];
            if (move == MoveKind.Purge)
            {
                _pending = _nothing;
                Assert.True(await store.PurgeAsync(id, default), $"{id} was there");
            }
            else
            {
                var step = await StepAsync(move, store);
                _pending = new(step.Head, [.. step.Kind is StepKind.Turn or StepKind.Complete ? _known.Events : [], step.Events]);
                await store.CommitAsync(step, default);
            }

            if (session != _session)
            {
                // A later owner has found this step done.
                return;
            }

            Acknowledge();
        }
    }

    /// <summary>What is stored is what was acknowledged, or that and the step that was on its way; payloads can be read.</summary>
    public async Task CheckAsync(IHubStore store)
    {
        _session++;
        var stored = await store.ReadAsync(id, withEvents: true, default);
        if (_pending is { } pending && pending.Is(stored))
        {
            Acknowledge();
        }

        _pending = null;
        Assert.True(_known.Is(stored), $"{id}: {stored?.Head.Generation}/{stored?.Head.Sequence} stored after {_known.Head?.Generation}/{_known.Head?.Sequence}");
        foreach (var reference in _known.Events.Where(text => text.Contains(PayloadText.ReferencePrefix, StringComparison.Ordinal)))
        {
            Assert.Equal(Payload, await store.GetPayloadAsync(reference[2..^2], default));
        }
    }

    public bool IsLiveIn(IReadOnlyList<StoredInstance> loaded) => loaded.Any(instance => instance.Head.Id == id);

    public bool ShouldBeLive => _known.Head is { IsTerminal: false };

    private string Payload => new string('p', 100) + id;

    private void Acknowledge()
    {
        _known = _pending!;
        _pending = null;
        _done++;
    }

    private async Task<StepCommit> StepAsync(MoveKind move, IHubStore store) => move switch
    {
        MoveKind.Start => Steps.Start(id),
        MoveKind.Turn => Steps.Turn(_known.Head!),
        MoveKind.LongTurn => Steps.Turn(_known.Head!, 100_000),
        MoveKind.PayloadTurn => Steps.WithEvents(Steps.Turn(_known.Head!), $"[\"{await store.PutPayloadAsync(id, Payload, default)}\"]"),
        MoveKind.Complete => Steps.Complete(_known.Head!),
        MoveKind.Continue => Steps.Continue(_known.Head!),
        MoveKind.Restart => Steps.Restart(_known.Head!),
        _ => throw new InvalidOperationException($"{move}"),
    };

    private sealed record State(InstanceHead? Head, IReadOnlyList<string> Events)
    {
        public bool Is(StoredInstance? stored) => Head == stored?.Head && Events.SequenceEqual(stored?.Events ?? []);
    }
}
