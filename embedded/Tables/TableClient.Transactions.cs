using Azure.Core;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Transactions;

namespace Azure.Data.Tables;

/// <content>All or nothing.</content>
public partial class TableClient
{
    /// <inheritdoc cref="SubmitTransactionAsync"/>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        TransactAsync(transactionActions, async: false, cancellationToken).Result();

    /// <summary>Does all actions or none. They are on one partition, at most 100, each on another entity.</summary>
    /// <exception cref="TableTransactionFailedException">The service refused an action: nothing was done.</exception>
    /// <exception cref="RequestFailedException">
    /// The request failed as a whole. With a 4xx status nothing was done; else nobody knows.
    /// </exception>
    public virtual Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        TransactAsync(transactionActions, async: true, cancellationToken).AsTask();

    private async ValueTask<Response<IReadOnlyList<Response>>> TransactAsync(
        IEnumerable<TableTransactionAction> actions, bool async, CancellationToken cancellation)
    {
        var (message, count) = Transaction(actions);
        var response = await _pipeline.SendAsync(message, async, cancellation).ConfigureAwait(false);
        List<Response> parts;
        try
        {
            parts = TransactionAnswer.Parse(response.Content.ToMemory(), response.ClientRequestId);
        }
        catch (FormatException exception)
        {
            throw new RequestFailedException(response, exception);
        }

        // The service answers 202 also when it refused; the refusal is then the only part.
        if (parts.Find(part => part.IsError) is { } refused)
        {
            throw new TableTransactionFailedException(TablePipeline.Failed(refused));
        }

        return parts.Count == count
            ? Response.FromValue<IReadOnlyList<Response>>(parts, response)
            : throw new RequestFailedException(response, new FormatException($"{count} actions have {parts.Count} answers."));
    }

    private (HttpMessage Message, int Count) Transaction(IEnumerable<TableTransactionAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        var body = new TransactionBody();
        var (count, partition) = (0, (string?)null);
        body.Open();
        foreach (var action in actions)
        {
            // Azurite would let it pass.
            if ((partition ??= action.Entity.PartitionKey) != action.Entity.PartitionKey)
            {
                throw new InvalidOperationException("A transaction is on one partition.");
            }

            body.Add(action, _pipeline.Address(_path), _pipeline.Address(EntityPath(action.Entity.PartitionKey, action.Entity.RowKey)));
            count++;
        }

        if (count == 0)
        {
            throw new InvalidOperationException("A transaction has at least one action.");
        }

        body.Close();
        var message = _pipeline.Request(RequestMethod.Post, "$batch", body.Content);
        message.Request.Headers.SetValue("Content-Type", body.ContentType);
        return (message, count);
    }
}
