using System.Net;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Http;

/// <summary>A live view of the response of an HttpContext: what is written goes out, so returning it does nothing more.</summary>
internal sealed class ContextHttpResponseData : HttpResponseData
{
    private readonly HttpResponse _response;

    public ContextHttpResponseData(FunctionContext context, HttpResponse response)
        : base(context)
    {
        _response = response;
        Cookies = new ContextHttpCookies(response.Cookies);
        StatusCode = HttpStatusCode.OK;
        response.OnStarting(CopyHeaders);
    }

    public override HttpStatusCode StatusCode
    {
        get => (HttpStatusCode)_response.StatusCode;
        set => _response.StatusCode = (int)value;
    }

    public override HttpHeadersCollection Headers { get; set; } = [];

    public override Stream Body
    {
        get => _response.Body;
        set => _response.Body = value;
    }

    public override HttpCookies Cookies { get; }

    private Task CopyHeaders()
    {
        foreach (var (name, values) in Headers)
        {
            _response.Headers[name] = values.ToArray();
        }

        return Task.CompletedTask;
    }
}
