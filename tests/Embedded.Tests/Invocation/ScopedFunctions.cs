using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ScopedFunctions(ScopedPart part, Trail trail)
{
    private int _calls;

    [Function("Scoped")]
    public IResult Scoped([HttpTrigger] HttpRequest request, FunctionContext context)
    {
        trail.Add($"function, call {++_calls}, same scope {context.InstanceServices.GetRequiredService<ScopedPart>() == part}");
        return Results.Text(context.Items.TryGetValue("note", out var note) ? (string)note : "none");
    }

    [Function("Failing")]
    public IResult Failing([HttpTrigger] HttpRequest request) => throw new TimeoutException("from the function");
}
