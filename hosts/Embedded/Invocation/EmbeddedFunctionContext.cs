using System.Diagnostics;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>What one invocation carries. Most functions never look at it, so each part is made when it is asked for.</summary>
internal sealed class EmbeddedFunctionContext(
    AppFunction function, ParameterBinder[] binders, HttpContext? http, object? triggerValue, CancellationToken cancellation) : FunctionContext
{
    /// <summary>Where GetHttpContext of the worker's ASP.NET Core extension looks.</summary>
    private const string HttpContextItem = "HttpRequestContext";

    private string? _invocationId;
    private IServiceProvider? _services;
    private IDictionary<object, object>? _items;
    private InvocationFeatures? _features;

    public ParameterBinder[] Binders { get; } = binders;

    public HttpContext? Http { get; } = http;

    public object? TriggerValue { get; } = triggerValue;

    public object? Result { get; set; }

    public override string InvocationId => _invocationId ??= Guid.CreateVersion7().ToString();

    public override string FunctionId => function.Id;

    public override TraceContext TraceContext => new CurrentActivity();

    public override BindingContext BindingContext => new RouteValues(Http);

    /// <summary>None, as in the worker: the host repeats no invocation.</summary>
    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices
    {
        get => _services ?? Http?.RequestServices ?? throw new InvalidOperationException("The invocation has no services.");
        set => _services = value;
    }

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items
    {
        get => _items ??= Http is null ? new Dictionary<object, object>() : new Dictionary<object, object> { [HttpContextItem] = Http };
        set => _items = value;
    }

    public override IInvocationFeatures Features => _features ??= new InvocationFeatures(this);

    public override CancellationToken CancellationToken => cancellation;

    private sealed class CurrentActivity : TraceContext
    {
        public override string TraceParent => Activity.Current?.Id ?? "";

        public override string TraceState => Activity.Current?.TraceStateString ?? "";
    }

    private sealed class RouteValues(HttpContext? http) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => http?.Request.RouteValues ?? [];
    }
}
