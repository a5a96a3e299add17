using System.Collections.Concurrent;

namespace BuildFunctions.BlackBox.Running;

/// <summary>A broker has to know the servers inside before it starts, so they are there before it and handed out one by one.</summary>
internal sealed class Receivers : IAsyncDisposable
{
    private const int Count = 12;

    private readonly ConcurrentQueue<Receiver> _free = [];
    private readonly ConcurrentBag<Receiver> _all = [];

    public async Task<IReadOnlyList<string>> OriginsAsync()
    {
        foreach (var receiver in await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Receiver.StartAsync())))
        {
            _free.Enqueue(receiver);
            _all.Add(receiver);
        }

        return [.. _all.Select(receiver => new Uri(receiver.Url).GetLeftPart(UriPartial.Authority))];
    }

    /// <param name="answers">What it answers first; then 200.</param>
    public Receiver Next(params int[] answers)
    {
        var receiver = _free.TryDequeue(out var next) ? next : throw new InvalidOperationException($"More than {Count} tests want a receiver.");
        receiver.AnswerWith(answers);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _all)
        {
            await receiver.DisposeAsync();
        }
    }
}
