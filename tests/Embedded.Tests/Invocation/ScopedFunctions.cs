using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ScopedFunctions(ScopedPart part, Trail trail)
{
    private int _calls;

    [Function("Scoped")]
    public IActionResult Scoped([HttpTrigger] HttpRequest request, FunctionContext context)
    {
        trail.Add($"function, call {++_calls}, same scope {context.InstanceServices.GetRequiredService<ScopedPart>() == part}");
        return new OkObjectResult(context.Items.TryGetValue("note", out var note) ? note : "none");
    }

    [Function("Failing")]
    public IActionResult Failing([HttpTrigger] HttpRequest request) => throw new TimeoutException("from the function");
}
