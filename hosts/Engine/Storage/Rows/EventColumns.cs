using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Rows;

/// <summary>The events of a commit as columns E&lt;sequence&gt;_&lt;part&gt;: one, or more when the text is longer than a column may be.</summary>
internal static class EventColumns
{
    private const char Prefix = 'E';
    private const int SequenceDigits = 6;
    private const int PartUnits = 30_000;

    /// <summary>Anywhere: the JSON of events is ASCII.</summary>
    public static KeyValuePair<string, string>[] Split(int sequence, string events) =>
        [.. events.Chunk(PartUnits).Select((part, number) => KeyValuePair.Create($"{Prefix}{sequence:D6}_{number:D2}", new string(part)))];

    public static IEnumerable<KeyValuePair<string, string>> Of(Row row) => row.Columns
        .Where(column => column.Key.Length > SequenceDigits && column.Key[0] == Prefix && char.IsAsciiDigit(column.Key[1]))
        .OrderBy(column => column.Key, StringComparer.Ordinal)
        .Select(column => KeyValuePair.Create(column.Key, column.Value as string ?? ""));

    /// <summary>One text for each commit, or a <see cref="FormatException"/> that says what is not whole.</summary>
    public static IReadOnlyList<string> Join(IEnumerable<KeyValuePair<string, string>> columns, InstanceHead head, long units)
    {
        var commits = columns.GroupBy(column => column.Key[..(SequenceDigits + 1)], column => column.Value).ToList();
        var texts = commits.ConvertAll(commit => string.Concat(commit));
        if (!commits.Select(commit => commit.Key).SequenceEqual(Enumerable.Range(1, head.Sequence).Select(number => $"{Prefix}{number:D6}")))
        {
            throw new FormatException($"Instance '{head.Id}' does not have the commits 1 to {head.Sequence}.");
        }

        return texts.Sum(text => (long)text.Length) == units && texts.TrueForAll(text => text is ['[', .., ']'])
            ? texts
            : throw new FormatException($"The events of instance '{head.Id}' are not what was written.");
    }
}
