using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Invocation;

internal sealed class FunctionInvoker(IServiceProvider services, FunctionPipeline pipeline, IServiceScopeFactory scopes) : IFunctionInvoker
{
    // Extensions take part in the plans and may want the invoker themselves.
    private readonly Lazy<FunctionPlans> _plans = new(services.GetRequiredService<FunctionPlans>);

    public async Task<object?> InvokeAsync(
        FunctionDescriptor function, object? triggerValue, CancellationToken cancellation, IDictionary<object, object>? items = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new EmbeddedFunctionContext(_plans.Value.Of(function), null, triggerValue, cancellation)
        {
            InstanceServices = scope.ServiceProvider,
        };
        if (items is not null)
        {
            context.Items = items;
        }

        await pipeline.Run(context);
        return context.Result;
    }
}
