using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Rows;

/// <summary>What a step does to the rows of its instance; the operation on the head row is the last one.</summary>
internal sealed record StepPlan(IReadOnlyList<RowOperation> Operations, InstanceRow Next)
{
    // A head row stays far below Azure's 1 MiB and 252 columns, and is cheap to move when the instance ends.
    private const int PageUnits = 128 * 1024;
    private const int PageColumns = 128;

    public static StepPlan For(InstanceRow? current, StepCommit step)
    {
        var head = step.Head;
        var key = InstanceKey.Of(head.Id);
        var before = step.Kind is StepKind.Turn or StepKind.Complete ? current : null;
        RequireInOrder(current, before, step);

        var operations = new List<RowOperation>();
        var page = before?.Page ?? 0;
        var kept = before?.Events ?? [];
        KeyValuePair<string, string>[] added = EventColumns.Split(head.Sequence, step.Events);
        var rolls = kept.Count + added.Length > PageColumns || kept.Sum(column => column.Value.Length) + step.Events.Length > PageUnits;
        if (rolls && kept.Count > 0)
        {
            operations.Add(PageOf(key, head.Generation, page++, kept));
            kept = [];
        }

        var alone = step.Events.Length > PageUnits;
        if (alone)
        {
            operations.Add(PageOf(key, head.Generation, page++, added));
        }

        var next = new InstanceRow(head, page, (before?.Units ?? 0) + step.Events.Length, alone ? kept : [.. kept, .. added], null);
        operations.AddRange(HeadOperations(key, current, next, step.Kind));
        return new(operations, next);
    }

    private static RowOperation[] HeadOperations(InstanceKey key, InstanceRow? current, InstanceRow next, StepKind kind) => (kind, next.Head.IsTerminal) switch
    {
        (StepKind.Start, false) => [RowOperation.Insert(key.Live, next.Columns())],
        (StepKind.Start, true) => [RowOperation.Insert(key.Terminal, next.Columns())],
        (StepKind.Restart, false) => [RowOperation.Delete(key.Terminal), RowOperation.Insert(key.Live, next.Columns())],
        (StepKind.Restart, true) => [RowOperation.Replace(key.Terminal, next.Columns())],
        (_, true) => [RowOperation.Delete(key.Live, current!.ETag), RowOperation.Insert(key.Terminal, next.Columns())],
        (_, false) => [Update(key.Live, current!, next)],
    };

    /// <summary>Sends what changed; a merge cannot remove a column, so a row that loses one is sent whole.</summary>
    private static RowOperation Update(string rowKey, InstanceRow current, InstanceRow next)
    {
        var (old, columns) = (current.Columns(), next.Columns());
        return old.Keys.All(columns.ContainsKey)
            ? RowOperation.Merge(
                rowKey, columns.Where(column => !Equals(old.GetValueOrDefault(column.Key), column.Value)).ToDictionary(), current.ETag)
            : RowOperation.Replace(rowKey, columns, current.ETag);
    }

    private static RowOperation PageOf(InstanceKey key, int generation, int page, IEnumerable<KeyValuePair<string, string>> events) =>
        RowOperation.Insert(key.Page(generation, page), events.ToDictionary(column => column.Key, column => (object)column.Value));

    private static void RequireInOrder(InstanceRow? current, InstanceRow? before, StepCommit step)
    {
        var (needsLive, generation, sequence) = step.Kind switch
        {
            StepKind.Start => (false, 1, 1),
            StepKind.Restart => (false, step.Head.Generation, 1),
            StepKind.Continue => (true, (current?.Head.Generation ?? 0) + 1, 1),
            _ => (true, before?.Head.Generation ?? 0, (before?.Head.Sequence ?? 0) + 1),
        };
        if (needsLive != current is not null || (generation, sequence) != (step.Head.Generation, step.Head.Sequence))
        {
            throw new InvalidOperationException(
                $"{step.Kind} {step.Head.Generation}/{step.Head.Sequence} of instance '{step.Head.Id}' does not follow {current?.Head.Generation}/{current?.Head.Sequence}.");
        }
    }
}
