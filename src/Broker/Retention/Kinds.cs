namespace BuildFunctions.Broker.Retention;

/// <summary>What is kept and removed, as reports call it.</summary>
internal static class Kinds
{
    public const string Artifact = "artifacts";
    public const string Audit = "audit entries";
    public const string Build = "builds";
    public const string Cached = "cache entries";
    public const string Delivery = "deliveries";
    public const string DeliveryHistory = "histories of deliveries";
    public const string Deployment = "deployments";
    public const string History = "histories";
    public const string Key = "idempotency keys";
    public const string ListRow = "rows of lists";
    public const string Log = "logs";
    public const string Pack = "packs";
    public const string Preview = "previews";
    public const string Provenance = "provenance";
    public const string Record = "records";
    public const string Release = "releases";
    public const string Source = "sources";
    public const string Switch = "lines of deployment history";
    public const string Upload = "abandoned uploads";
}
