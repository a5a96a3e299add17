using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http;

/// <summary>Signs each try with the account key (Shared Key Lite for tables: the date and the resource).</summary>
internal sealed class SharedKeyPolicy(TableSharedKeyCredential credential, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var uri = message.Request.Uri.ToUri();
        var comp = uri.Query.Length == 0 ? null : CompOf(uri.Query);
        var text = comp is null
            ? $"{date}\n/{credential.AccountName}{uri.AbsolutePath}"
            : $"{date}\n/{credential.AccountName}{uri.AbsolutePath}?comp={comp}";
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{credential.Sign(text)}");
    }

    private static string? CompOf(string query)
    {
        foreach (var part in query.AsSpan(1).Split('&'))
        {
            if (query.AsSpan(1)[part] is var pair && pair.StartsWith("comp="))
            {
                return pair["comp=".Length..].ToString();
            }
        }

        return null;
    }
}
