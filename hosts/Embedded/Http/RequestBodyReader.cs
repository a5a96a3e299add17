using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;

namespace BuildFunctions.Embedded.Http;

/// <summary>[FromBody] by MVC's rules: the content type picks a formatter, which reads with the app's JSON options.</summary>
internal sealed class RequestBodyReader
{
    public async ValueTask<object?> ReadAsync(HttpContext http, Type type)
    {
        var metadata = http.RequestServices.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(type);
        var context = new InputFormatterContext(http, "", new ModelStateDictionary(), metadata, (stream, encoding) => new HttpRequestStreamReader(stream, encoding));
        var formatters = http.RequestServices.GetRequiredService<IOptions<MvcOptions>>().Value.InputFormatters;
        var formatter = formatters.FirstOrDefault(one => one.CanRead(context)) ?? throw new RequestRejectedException(
            StatusCodes.Status415UnsupportedMediaType,
            http.Request.ContentType is { } sent ? $"Content type '{sent}' is not supported." : "The request has no content type.");
        var result = await formatter.ReadAsync(context);
        if (result is { HasError: false, IsModelSet: true })
        {
            return result.Model;
        }

        if (result.HasError)
        {
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, "The request body is not valid.") { Errors = Read(context.ModelState) };
        }

        throw new RequestRejectedException(StatusCodes.Status400BadRequest, "A non-empty request body is required.");
    }

    private static Dictionary<string, string[]> Read(ModelStateDictionary state) => state
        .Where(entry => entry.Value is { Errors.Count: > 0 })
        .ToDictionary(
            entry => entry.Key,
            entry => entry.Value!.Errors.Select(error => error.ErrorMessage is { Length: > 0 } text ? text : "The input was not valid.").ToArray());
}
