using System.Security.Claims;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Http;

/// <summary>A view of the request of an HttpContext.</summary>
internal sealed class ContextHttpRequestData(FunctionContext context, HttpContext http) : HttpRequestData(context)
{
    private HttpHeadersCollection? _headers;
    private Uri? _url;

    public override Stream Body => http.Request.Body;

    public override HttpHeadersCollection Headers =>
        _headers ??= new(http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.AsEnumerable().OfType<string>())));

    public override IReadOnlyCollection<IHttpCookie> Cookies =>
        [.. http.Request.Cookies.Select(cookie => new HttpCookie(cookie.Key, cookie.Value))];

    public override Uri Url => _url ??= new Uri(http.Request.GetEncodedUrl());

    public override IEnumerable<ClaimsIdentity> Identities => http.User.Identities;

    public override string Method => http.Request.Method;

    public override HttpResponseData CreateResponse() => new ContextHttpResponseData(FunctionContext, http.Response);
}
