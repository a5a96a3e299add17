using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Management;

/// <summary>/_durable/: what the hub is doing, for <see cref="AdminAccess"/>. The report as JSON, or the same as plain HTML: nothing loaded, every value encoded.</summary>
internal sealed class HubPages(HubReport report)
{
    private const string Style = """
        body{font:15px/1.5 system-ui;margin:2rem auto;max-width:80rem;padding:0 1rem;color-scheme:light dark}
        table{border-collapse:collapse}td,th{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8884;vertical-align:top}
        code{white-space:pre-wrap;overflow-wrap:anywhere}
        """;

    private const string Head = $"""
        <!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>Durable instances</title><style>{Style}</style>
        <form action="/_durable/">Id begins with <input name=search> State <input name=status placeholder="Running"> <button>Show</button></form>
        """;

    private static readonly string _policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/_durable").AddEndpointFilter(AdminAccess.FilterAsync);
        pages.MapGet("/", async (string? status, string? search, string? after, HttpContext http, CancellationToken c) => Answer(http, await report.ListAsync(
            Enum.TryParse<OrchestrationRuntimeStatus>(status, out var one) ? one : null, search, after, c)));
        pages.MapGet("/instances/{id}", async (string id, HttpContext http, CancellationToken c) =>
            await report.GetAsync(id, c) is { } page ? Answer(http, page) : Results.NotFound());
    }

    private static IResult Answer<T>(HttpContext http, T page)
    {
        http.Response.Headers.ContentSecurityPolicy = _policy;
        http.Response.Headers.CacheControl = "no-store";
        var wantsJson = http.Request.Query["format"] == "json"
            || http.Request.GetTypedHeaders().Accept is { Count: > 0 } accept && accept[0].MediaType == "application/json";
        return wantsJson ? Results.Json(page, JsonSerializerOptions.Web)
            : Results.Content(Head + Html(http.Request.Query, "", JsonSerializer.SerializeToNode(page, JsonSerializerOptions.Web)), "text/html; charset=utf-8");
    }

    /// <summary>A record is a row of names and values, a list of records a table.</summary>
    private static string Html(IQueryCollection shown, string name, JsonNode? node) => node switch
    {
        null => "",
        JsonObject one => $"<table>{string.Concat(one.Select(field => $"<tr><th>{E(field.Key)}<td>{Html(shown, field.Key, field.Value)}"))}</table>",
        JsonArray { Count: > 0 } many => $"<table><tr>{string.Concat(many[0]!.AsObject().Select(field => $"<th>{E(field.Key)}"))}{string.Concat(many.Select(row => Row(shown, row)))}</table>",
        JsonArray => "",
        _ when name is "id" => $"<a href=\"{E("/_durable/instances/" + Uri.EscapeDataString($"{node}"))}\">{E($"{node}")}</a>",
        _ when name is "next" => $"<a href=\"{E("/_durable/" + new QueryString().Add("search", $"{shown["search"]}").Add("status", $"{shown["status"]}").Add("after", $"{node}"))}\">more</a>",
        _ => $"<code>{E($"{node}")}</code>",
    };

    private static string Row(IQueryCollection shown, JsonNode? row) => $"<tr>{string.Concat(row!.AsObject().Select(field => $"<td>{Html(shown, field.Key, field.Value)}"))}";

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
