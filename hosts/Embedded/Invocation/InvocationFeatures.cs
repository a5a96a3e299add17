using System.Collections;
using Microsoft.Azure.Functions.Worker.Context.Features;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>What the worker, the app's middleware and the generated executor ask of an invocation, its arguments first of all.</summary>
internal sealed class InvocationFeatures(EmbeddedFunctionContext context) : IInvocationFeatures, IFunctionInputBindingFeature
{
    private static readonly Assembly Worker = typeof(FunctionContext).Assembly;

    private FunctionInputBindingResult? _inputs;
    private object? _outcome;
    private Dictionary<Type, object>? _set;

    public T? Get<T>()
    {
        if (_set is not null && _set.TryGetValue(typeof(T), out var feature))
        {
            return (T)feature;
        }

        return _outcome is T outcome ? outcome : this is T own ? own : Outcome<T>();
    }

    public void Set<T>(T instance)
    {
        if (instance is null)
        {
            _set?.Remove(typeof(T));
        }
        else
        {
            (_set ??= [])[typeof(T)] = instance;
        }
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (_set ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Middleware that asks first may change the arguments before the executor takes them.</summary>
    public ValueTask<FunctionInputBindingResult> BindFunctionInputAsync(FunctionContext _) =>
        new(_inputs ??= new FunctionInputBindingResult(Array.ConvertAll(context.Binders, bind => bind(context))));

    /// <summary>
    /// The worker's GetInvocationResult, which middleware and the generated executor call, keeps the result in a feature whose type the worker does not
    /// publish. It arrives here as T, so a proxy can be made of it.
    /// </summary>
    private T? Outcome<T>()
    {
        if (!typeof(T).IsInterface || typeof(T).IsVisible || typeof(T).Assembly != Worker)
        {
            return default;
        }

        var proxy = DispatchProxy.Create<T, OutcomeProxy>();
        ((OutcomeProxy)(object)proxy!).Context = context;
        _outcome = proxy;
        return proxy;
    }
}
