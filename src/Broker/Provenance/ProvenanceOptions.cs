namespace BuildFunctions.Broker.Provenance;

/// <summary>Who signs provenance, and for how long one key does.</summary>
public sealed class ProvenanceOptions
{
    /// <summary>The builder's id in statements, a URI. Default <c>urn:buildfunctions:broker</c>.</summary>
    public string Builder { get; set; } = "urn:buildfunctions:broker";

    /// <summary>A key older than this is replaced before the next signature; it stays published. Default 365 days.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromDays(365);
}
