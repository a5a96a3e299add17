using BuildFunctions.Embedded.Durable.Storage.Transport;

namespace BuildFunctions.Embedded.Durable.Storage.Commit;

/// <summary>The limits of Azure Tables, with a reserve. Azurite does not hold all of them, so they are checked before anything is sent.</summary>
internal static class RowBudget
{
    public const int TransactionBytes = 3_500_000;
    public const int TransactionOperations = 96;

    private const int ColumnUnits = 32_000;
    private const int RowUnits = 500_000;
    private const int RowColumns = 240;
    private const int OperationOverhead = 600;
    private const int ColumnOverhead = 16;

    /// <summary>An upper bound of the bytes these operations take in a request.</summary>
    public static int CostOf(IEnumerable<RowOperation> operations) => operations.Sum(CostOf);

    private static int CostOf(RowOperation operation)
    {
        var (units, bytes) = (0, OperationOverhead);
        foreach (var (name, value) in operation.Columns)
        {
            var text = value as string ?? "";
            if (text.Length > ColumnUnits)
            {
                throw new CommitRejectedException($"Column {name} of {operation.Key} has {text.Length} characters; {ColumnUnits} fit.");
            }

            units += name.Length + text.Length + ColumnOverhead;
            bytes += name.Length + ColumnOverhead + BytesOf(operation.Key, name, text);
        }

        if (units > RowUnits || operation.Columns.Count > RowColumns || bytes > TransactionBytes)
        {
            throw new CommitRejectedException($"Row {operation.Key} is too large: {units} characters in {operation.Columns.Count} columns, {bytes} bytes.");
        }

        return bytes;
    }

    private static int BytesOf(string key, string name, string text)
    {
        var bytes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            bytes += text[i] switch { < ' ' => 6, '"' or '\\' => 2, < (char)127 => 1, _ => 6 };
            if (char.IsHighSurrogate(text[i]) ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
                : char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1])))
            {
                throw new CommitRejectedException($"Column {name} of {key} is not well-formed text.");
            }
        }

        return bytes;
    }
}
