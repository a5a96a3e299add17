using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Http;

/// <summary>The tables of an account: what both clients can do with them.</summary>
internal static class TableSet
{
    public static async ValueTask<Response<TableItem>> CreateAsync(
        this TablePipeline pipeline, string table, bool ifNotExists, bool async, CancellationToken cancellation)
    {
        var content = new PooledContent();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            writer.WriteString("TableName", table);
            writer.WriteEndObject();
        }

        var message = pipeline.Request(RequestMethod.Post, "Tables", content);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        var response = await pipeline.SendAsync(message, async, cancellation, accepted: ifNotExists ? 409 : 0).ConfigureAwait(false);
        if (response.Status == 409 && TablePipeline.Failed(response) is var failed && failed.ErrorCode != TableErrorCode.TableAlreadyExists)
        {
            throw failed;
        }

        return Response.FromValue(new TableItem(table), response);
    }

    /// <summary>A table that is not there is as good as deleted.</summary>
    public static ValueTask<Response> DeleteAsync(this TablePipeline pipeline, string table, bool async, CancellationToken cancellation) =>
        pipeline.SendAsync(
            pipeline.Request(RequestMethod.Delete, $"Tables('{Uri.EscapeDataString(table)}')"), async, cancellation, accepted: 404);
}
