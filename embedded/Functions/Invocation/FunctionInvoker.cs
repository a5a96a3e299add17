using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Functions.Invocation;

internal sealed class FunctionInvoker(FunctionPlans plans, FunctionPipeline pipeline, IServiceScopeFactory scopes) : IFunctionInvoker
{
    private readonly FunctionExecutionDelegate _run = pipeline.Run;

    public async Task<object?> InvokeAsync(
        FunctionDescriptor function, object? triggerValue, CancellationToken cancellation, IDictionary<object, object>? items = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new EmbeddedFunctionContext(plans.Of(function), null, triggerValue, cancellation)
        {
            InstanceServices = scope.ServiceProvider,
        };
        if (items is not null)
        {
            context.Items = items;
        }

        await _run(context);
        return context.Result;
    }
}
