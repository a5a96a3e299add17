using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Management;

/// <summary>/_durable/: what the hub is doing, for <see cref="AdminAccess"/>. Plain HTML, nothing loaded, every value encoded; the same as JSON.</summary>
internal sealed class HubPages(HubReport report)
{
    private const string Style = """
        body{font:15px/1.5 system-ui;margin:2rem auto;max-width:72rem;padding:0 1rem;color-scheme:light dark}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8884;vertical-align:top}
        code{white-space:pre-wrap;overflow-wrap:anywhere}
        """;

    private const string Head =
        $"<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Durable instances</title>\n<style>{Style}</style>\n";

    private static readonly string _policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/_durable").AddEndpointFilter(AdminAccess.FilterAsync);
        pages.MapGet("/", async (string? status, string? search, string? after, HttpContext http, CancellationToken c) =>
        {
            OrchestrationRuntimeStatus? one = Enum.TryParse<OrchestrationRuntimeStatus>(status, out var parsed) ? parsed : null;
            return Answer(http, await report.ListAsync(one, search, after, c), page => ListHtml(page, one, search));
        });
        pages.MapGet("/instances/{id}", async (string id, HttpContext http, CancellationToken c) =>
            await report.GetAsync(id, c) is { } page ? Answer(http, page, InstanceHtml) : Results.NotFound());
    }

    private static IResult Answer<T>(HttpContext http, T page, Func<T, string> html)
    {
        http.Response.Headers.ContentSecurityPolicy = _policy;
        http.Response.Headers.CacheControl = "no-store";
        var wantsJson = http.Request.Query["format"] == "json"
            || http.Request.GetTypedHeaders().Accept is { Count: > 0 } accept && accept[0].MediaType == "application/json";
        return wantsJson ? Results.Json(page, JsonSerializerOptions.Web) : Results.Content(html(page), "text/html; charset=utf-8");
    }

    private static string ListHtml(HubReport.ListPage page, OrchestrationRuntimeStatus? status, string? search)
    {
        var html = new StringBuilder(Head).Append(Owner(page.Hub, page.Owner, page.Epoch)).Append("<form>Id begins with <input name=search value=\"")
            .Append(E(search)).Append("\"> <select name=status><option value=\"\">any state</option>");
        foreach (var one in StartOrchestrationOptionsExtensions.ValidDedupeStatuses)
        {
            html.Append(one == status ? "<option selected>" : "<option>").Append(one).Append("</option>");
        }

        html.Append("</select> <button>Show</button></form><table><tr><th>Instance<th>Orchestrator<th>State<th>Created<th>Updated<th>Custom status");
        foreach (var one in page.Instances)
        {
            html.Append("<tr><td><a href=\"").Append(E("/_durable/instances/" + Uri.EscapeDataString(one.Id))).Append("\">").Append(E(one.Id)).Append("</a>");
            Cells(html, one.Name, one.Status, Time(one.CreatedAt), Time(one.UpdatedAt), one.CustomStatus ?? one.Failure);
        }

        html.Append("</table>");
        var query = new QueryString().Add("search", search ?? "").Add("status", status?.ToString() ?? "").Add("after", page.Next ?? "");
        return page.Next is null ? html.ToString() : html.Append("<p><a href=\"").Append(E("/_durable/" + query)).Append("\">More</a>").ToString();
    }

    private static string InstanceHtml(HubReport.InstancePage page)
    {
        var html = new StringBuilder(Head).Append(Owner(page.Instance.Name, page.Owner, page.Epoch))
            .Append("<p><a href=\"/_durable/\">All instances</a><h2>").Append(E(page.Instance.Id)).Append("</h2><table>");
        Row(html, "State", page.Instance.Status);
        Row(html, "Generation, commit", $"{page.Generation}, {page.Sequence}");
        Row(html, "Parent", page.Parent);
        Row(html, "Input", page.Input);
        Row(html, "Output", page.Output);
        Row(html, "Custom status", page.Instance.CustomStatus);
        html.Append("</table><h3>Waits for</h3><table>");
        foreach (var open in page.Open)
        {
            Row(html, open.Kind, open.What, open.Until is { } until ? Time(until) : null);
        }

        html.Append("</table><h3>Timeline</h3><table>");
        foreach (var entry in page.Timeline)
        {
            Row(html, Time(entry.At), entry.What, entry.Detail);
        }

        return html.Append("</table>").ToString();
    }

    private static string Owner(string title, string owner, long epoch) =>
        $"<h1>{E(title)}</h1><p>Owner {E(owner)}, fence {epoch.ToString(CultureInfo.InvariantCulture)}";

    private static void Row(StringBuilder html, params string?[] cells) => Cells(html.Append("<tr>"), cells);

    private static void Cells(StringBuilder html, params string?[] cells)
    {
        foreach (var cell in cells)
        {
            html.Append("<td><code>").Append(E(cell)).Append("</code>");
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string E(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
