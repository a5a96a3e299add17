using System.Runtime.CompilerServices;
using BuildFunctions.Engine.Storage.Rows;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage;

/// <summary>Lists heads in the order of shard and key, live and terminal ones merged, so that an instance that ends between two pages keeps its place.</summary>
internal sealed class HubQuery(HubReader reader)
{
    public async IAsyncEnumerable<InstanceHead> ListAsync(HeadQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = query.After is { } id ? InstanceKey.Of(id) : (InstanceKey?)null;
        for (var shard = after?.ShardIndex ?? 0; shard < InstanceKey.Shards; shard++)
        {
            var from = shard == after?.ShardIndex ? after.Value.Text + '\0' : "";
            foreach (var (low, high) in Ranges(query.IdPrefix, from))
            {
                await foreach (var row in MergeAsync(InstanceKey.ShardName(shard), low, high, cancellation))
                {
                    if (row.Number(HeadColumns.Purge) == 0 && HeadColumns.Decode(row) is var head && Matches(query, head))
                    {
                        yield return head;
                    }
                }
            }
        }
    }

    /// <summary>Ids that are written as they are, then those that are written as a hash and can only be compared one by one.</summary>
    private static IEnumerable<(string Low, string High)> Ranges(string? prefix, string from)
    {
        (string Low, string High)[] ranges = string.IsNullOrEmpty(prefix)
            ? [("", "\x7f")]
            : [(prefix, InstanceKey.After(prefix)), (InstanceKey.HashPrefix, "\x7f")];
        return ranges.Where(range => string.CompareOrdinal(from, range.High) < 0)
            .Select(range => (string.CompareOrdinal(from, range.Low) > 0 ? from : range.Low, range.High));
    }

    private static bool Matches(HeadQuery query, InstanceHead head) =>
        (query.Statuses is not { Count: > 0 } statuses || statuses.Contains(head.Status))
        && !(head.CreatedAt < query.CreatedFrom) && !(head.CreatedAt > query.CreatedTo)
        && head.Id.StartsWith(query.IdPrefix ?? "", StringComparison.Ordinal);

    private async IAsyncEnumerable<Row> MergeAsync(string shard, string low, string high, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Live rows are read first: an instance that ends meanwhile is then found in one of the two.
        await using var live = Range(InstanceKey.LivePrefix).GetAsyncEnumerator(cancellation);
        await using var terminal = Range(InstanceKey.TerminalPrefix).GetAsyncEnumerator(cancellation);
        var (hasLive, hasTerminal) = (await live.MoveNextAsync(), await terminal.MoveNextAsync());
        while (hasLive || hasTerminal)
        {
            var order = !hasLive ? 1 : !hasTerminal ? -1
                : string.CompareOrdinal(InstanceKey.OfRow(live.Current.Key).Text, InstanceKey.OfRow(terminal.Current.Key).Text);
            yield return order < 0 ? live.Current : terminal.Current;
            hasLive = order <= 0 ? await live.MoveNextAsync() : hasLive;
            hasTerminal = order >= 0 ? await terminal.MoveNextAsync() : hasTerminal;
        }

        IAsyncEnumerable<Row> Range(string prefix) => reader.RangeAsync(shard, prefix + low, prefix + high, HeadColumns.Names, cancellation);
    }
}
