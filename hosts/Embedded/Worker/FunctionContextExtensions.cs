using BuildFunctions.Embedded.Invocation;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>The request behind an HTTP function; null for other triggers.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) => (context as EmbeddedFunctionContext)?.Http;
}
