using BuildFunctions.Embedded.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextHttpRequestExtensions
{
    public static ValueTask<HttpRequestData?> GetHttpRequestDataAsync(this FunctionContext context) =>
        new(context.GetHttpContext() is { } http ? new ContextHttpRequestData(context, http) : null);
}
