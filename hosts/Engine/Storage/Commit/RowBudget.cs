using System.Text;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Commit;

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

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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

    /// <summary>As JSON with quotes and controls escaped, and, at worst, everything that is not ASCII.</summary>
    private static int BytesOf(string key, string name, string text)
    {
        try
        {
            var span = text.AsSpan();
            var beyondAscii = _strict.GetByteCount(text) - text.Length;
            return text.Length + (6 * beyondAscii) + span.Count('"') + span.Count('\\') + (span.ContainsAnyInRange('\0', '\x1f') ? 5 * text.Length : 0);
        }
        catch (EncoderFallbackException e)
        {
            throw new CommitRejectedException($"Column {name} of {key} is not well-formed text.", e);
        }
    }
}
