using System.Net;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Operations;

/// <summary>
/// Takes every path that no other function has. The first of them is the page of what runs where; on a site's host name all are the site's; the rest is not
/// there, and is told so in the broker's own words whatever host routes the requests.
/// </summary>
public sealed class IndexFunction(EndpointCatalog catalog, Readiness readiness)
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:3rem auto;padding:0 1rem;color:#1c2330}"
        + "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #e3e7ee;vertical-align:top}"
        + "code{background:#f2f4f8;padding:.1rem .3rem;border-radius:3px}.ok{color:#12753f}.bad{color:#b3261e}"
        + "@media(prefers-color-scheme:dark){body{background:#12161f;color:#dfe5f0}td,th{border-color:#2b3342}code{background:#1e2533}.ok{color:#58c98d}.bad{color:#f2877e}a{color:#8ab4ff}}";

    private static readonly IReadOnlyList<string> _page = ["GET", "HEAD"];

    private static readonly string _policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    [Function("Index")]
    [Endpoint("What runs where, as a page; any other path is not there", Public = true, ContentType = "text/html")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var methods = request.Path.Value is "/" or "" ? _page : catalog.MethodsAt(request.Path);
        if (methods.Count == 0)
        {
            return Answers.NotThere($"There is nothing at {request.Path}. The page / lists what there is.");
        }

        if (methods != _page || !methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.Allow = string.Join(", ", methods.Select(method => method.ToUpperInvariant()));
            return new ProblemResult(ProblemMapper.Of(ErrorCode.MethodNotAllowed, "This path takes other methods; 'Allow' names them."));
        }

        request.HttpContext.Response.Headers.ContentSecurityPolicy = _policy;
        return Results.Text(Page($"{request.Scheme}://{request.Host}", await readiness.WhyNotAsync(client, cancellation)), "text/html; charset=utf-8");
    }

    private string Page(string self, string? notReady)
    {
        var version = typeof(IndexFunction).Assembly.GetName().Version?.ToString(3) ?? "";
        StringBuilder page = new();
        page.Append(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>BuildFunctions</title><style>{Style}</style>
            <h1>BuildFunctions</h1>
            <p>A build broker. Put an app online from its folder: <code>./dev deploy DIR</code></p>
            <table><tr><th>Broker<td>{Text(self)}, version {Text(version)}
            <tr><th>Ready<td class="{(notReady is null ? "ok" : "bad")}">{Text(notReady ?? "yes")}
            <tr><th>Operations<td><a href="/healthz">healthz</a> · <a href="/readyz">readyz</a> · <a href="/metrics">metrics</a> · <a href="/openapi.json">openapi.json</a></table>
            <h2>HTTP functions</h2><table>
            """);
        foreach (var endpoint in catalog.Endpoints)
        {
            var methods = endpoint.Methods.Count == 0 ? "ANY" : string.Join(' ', endpoint.Methods.Select(method => method.ToUpperInvariant()));
            page.Append($"<tr><td>{Text(methods)}<td><code>{Text(endpoint.Route)}</code><td>{Text(endpoint.Description.Summary)}\n");
        }

        return page.Append("</table></html>").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
