using Microsoft.Azure.Functions.Worker.Extensions.Http.Converters;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Http;

/// <summary>What the worker's HTTP extension asks of an HTTP invocation: the request as HttpRequestData, and its body for [FromBody].</summary>
internal sealed class HttpInvocationFeature : IHttpRequestDataFeature, IFromBodyConversionFeature
{
    public static HttpInvocationFeature Instance { get; } = new();

    public ValueTask<HttpRequestData?> GetHttpRequestDataAsync(FunctionContext context) =>
        new(new ContextHttpRequestData(context, ((EmbeddedFunctionContext)context).Http!));

    public ValueTask<object?> ConvertAsync(FunctionContext context, Type targetType) =>
        context.InstanceServices.GetRequiredService<RequestBodyReader>().ReadAsync(((EmbeddedFunctionContext)context).Http!, targetType);
}
