using BuildFunctions.Contracts.Access;

namespace BuildFunctions.Functions.Catalog;

/// <summary>What the API document says of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndpointAttribute(string summary) : Attribute
{
    public string Summary { get; } = summary;

    public Type? Request { get; set; }

    public Type? Response { get; set; }

    public int Status { get; set; } = 200;

    /// <summary>The content type of the answer where it is not JSON.</summary>
    public string? ContentType { get; set; }

    /// <summary>The right that the caller's token must hold. Whoever says nothing asks for the most.</summary>
    public Right Needs { get; set; } = Right.Admin;

    /// <summary>
    /// Whether a token for some apps may call it though neither its route nor a build in it names one: then the function keeps to the caller's apps.
    /// </summary>
    public bool Scoped { get; set; }

    /// <summary>The longest body, where the function does not take it as a stream.</summary>
    public int LargestBody { get; set; } = 64 * 1024;

    /// <summary>Takes a body of any length as it comes; the function keeps the limit.</summary>
    public bool Streams { get; set; }

    /// <summary>Needs no token.</summary>
    public bool Public { get; set; }
}
