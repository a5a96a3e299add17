using Microsoft.Azure.Functions.Worker.Context.Features;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The arguments of one invocation. Middleware that asks first may change them before the executor takes them.</summary>
internal sealed class InputBinding(EmbeddedFunctionContext invocation) : IFunctionInputBindingFeature
{
    private FunctionInputBindingResult? _bound;

    public ValueTask<FunctionInputBindingResult> BindFunctionInputAsync(FunctionContext context) => _bound is null ? BindAsync() : new(_bound);

    private async ValueTask<FunctionInputBindingResult> BindAsync()
    {
        var binders = invocation.Binders;
        var values = new object?[binders.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await binders[i](invocation);
        }

        return _bound = new FunctionInputBindingResult(values);
    }
}
