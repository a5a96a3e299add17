using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>The service refused a transaction: none of its actions was applied.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>Reads the place of the refused action off the service's message.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException)
        => FailedTransactionActionIndex = IndexIn(requestFailedException.Message);

    /// <summary>The place of the refused action in the transaction, when the service says it.</summary>
    public int? FailedTransactionActionIndex { get; }

    // The service's message is "3:The specified entity already exists."
    private static int? IndexIn(string message) =>
        message.IndexOf(':') is > 0 and var colon
        && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
