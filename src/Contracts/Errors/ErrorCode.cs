namespace BuildFunctions.Contracts.Errors;

/// <summary>The stable <c>code</c> of a problem document; programs decide by it.</summary>
public static class ErrorCode
{
    public const string ArtifactInvalid = "ARTIFACT_INVALID";
    public const string ArtifactTooLarge = "ARTIFACT_TOO_LARGE";
    public const string BuildFailed = "BUILD_FAILED";
    public const string BuildNotConfigured = "BUILD_NOT_CONFIGURED";
    public const string BuildQuotaExceeded = "BUILD_QUOTA_EXCEEDED";
    public const string BuildTimeout = "BUILD_TIMEOUT";
    public const string Conflict = "CONFLICT";
    public const string Forbidden = "FORBIDDEN";
    public const string Internal = "INTERNAL";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string NotFound = "NOT_FOUND";
    public const string ProviderRejected = "PROVIDER_REJECTED";
    public const string ProviderUnavailable = "PROVIDER_UNAVAILABLE";
    public const string QueueFull = "QUEUE_FULL";
    public const string RateLimited = "RATE_LIMITED";
    public const string SourceInvalid = "SOURCE_INVALID";
    public const string SourceTooLarge = "SOURCE_TOO_LARGE";
    public const string StorageFull = "STORAGE_FULL";
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Validation = "VALIDATION";
    public const string WorkerLost = "WORKER_LOST";
}
