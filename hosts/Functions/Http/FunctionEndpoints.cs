using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>The routes of the app's HTTP functions; none until the functions are known.</summary>
internal sealed partial class FunctionEndpoints(ILogger<FunctionEndpoints> logger) : EndpointDataSource
{
    private readonly CancellationTokenSource _changed = new();
    private IReadOnlyList<Endpoint>? _endpoints;

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints ?? [];

    /// <summary>From when the router has taken the routes over: a request between that and their setting would be told that there is nothing.</summary>
    public bool AreKnown { get; private set; }

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(_endpoints is null ? _changed.Token : CancellationToken.None);

    public void Set(IEnumerable<Function> functions, string prefix)
    {
        _endpoints = [.. functions.Where(function => !function.IsJob).Select(function => Route(function, prefix)).OfType<Endpoint>()];
        _changed.Cancel();
        AreKnown = true;
    }

    private static Task ForwardAsync(HttpContext http, Function function) => http.RequestServices.GetRequiredService<FunctionForwarder>().ForwardAsync(http, function);

    private Endpoint? Route(Function function, string prefix)
    {
        var route = $"/{prefix.Trim('/')}/{(function.Trigger.Text("route") ?? function.Name).TrimStart('/')}".Replace("//", "/", StringComparison.Ordinal);
        try
        {
            var endpoint = new RouteEndpointBuilder(http => ForwardAsync(http, function), RoutePatternFactory.Parse(route), order: 0) { DisplayName = function.Name };
            endpoint.Metadata.Add(new HttpMethodMetadata(function.Trigger.Methods));
            return endpoint.Build();
        }
        catch (RoutePatternException fault)
        {
            LogBadRoute(function.Name, route, fault.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} cannot be called: its route {Route} is not valid. {Reason}")]
    private partial void LogBadRoute(string function, string route, string reason);
}
