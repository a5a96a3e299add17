namespace BuildFunctions.Embedded.Invocation;

internal sealed class RouteBindingContext(HttpContext? http) : BindingContext
{
    private static readonly Dictionary<string, object?> None = [];

    public override IReadOnlyDictionary<string, object?> BindingData => http?.Request.RouteValues ?? (IReadOnlyDictionary<string, object?>)None;
}
