using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for requests to its route.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    public HttpTriggerAttribute()
        : this(AuthorizationLevel.Function)
    {
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel)
    {
        AuthLevel = authLevel;
    }

    public HttpTriggerAttribute(params string[] methods)
    {
        Methods = methods;
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>Kept for the Functions host: like <c>func start</c>, this runtime asks for no keys.</summary>
    public AuthorizationLevel AuthLevel { get; }

    /// <summary>Null or empty: every method.</summary>
    public string[]? Methods { get; }

    /// <summary>An ASP.NET Core route template below the route prefix; null: the function's name.</summary>
    public string? Route { get; set; }
}
