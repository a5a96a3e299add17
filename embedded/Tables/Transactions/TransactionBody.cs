using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Json;

namespace Azure.Data.Tables.Transactions;

/// <summary>Writes actions as the multipart body of one request.</summary>
internal sealed class TransactionBody
{
    private const string Json = "Content-Type: application/json\r\nPrefer: return-no-content\r\n";

    // Nothing that an entity holds may look like a border, so nobody can know it beforehand.
    private readonly string _id = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public PooledContent Content { get; } = new();

    public string ContentType => $"multipart/mixed; boundary=batch_{_id}";

    public void Open() => Write($"--batch_{_id}\r\nContent-Type: multipart/mixed; boundary=changeset_{_id}\r\n\r\n");

    /// <param name="action">What to do.</param>
    /// <param name="table">The table's address.</param>
    /// <param name="entity">The entity's address.</param>
    public void Add(TableTransactionAction action, string table, string entity)
    {
        Write($"--changeset_{_id}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add:
                Request("POST", table, Json, default);
                break;
            case TableTransactionActionType.UpdateMerge:
                Request("PATCH", entity, Json, OrAny(action.ETag));
                break;
            case TableTransactionActionType.UpdateReplace:
                Request("PUT", entity, Json, OrAny(action.ETag));
                break;
            case TableTransactionActionType.UpsertMerge:
                Request("PATCH", entity, Json, default);
                break;
            case TableTransactionActionType.UpsertReplace:
                Request("PUT", entity, Json, default);
                break;
            case TableTransactionActionType.Delete:
                Request("DELETE", entity, "", OrAny(action.ETag));
                Write("\r\n");
                return;
            default:
                throw new ArgumentException($"There is no action {action.ActionType}.", nameof(action));
        }

        EntityWriter.Write(Content, action.Entity);
        Write("\r\n");
    }

    public void Close() => Write($"--changeset_{_id}--\r\n--batch_{_id}--\r\n");

    private static ETag OrAny(ETag etag) => etag == default ? ETag.All : etag;

    private void Request(string method, string address, string headers, ETag etag)
    {
        Write($"{method} {address} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
        Write(headers);
        if (etag != default)
        {
            var text = etag.ToString("H");
            if (text.AsSpan().ContainsAnyInRange('\0', '\u001f'))
            {
                throw new ArgumentException("An ETag cannot hold control characters.", nameof(etag));
            }

            Write($"If-Match: {text}\r\n");
        }

        Write("\r\n");
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, Content);
}
