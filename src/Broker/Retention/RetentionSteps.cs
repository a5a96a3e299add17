using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Cache;

namespace BuildFunctions.Broker.Retention;

/// <summary>What a run consists of.</summary>
public sealed record RetentionSteps(DeploymentSweep Deployments, BuildPurge Builds, BuildHistories Histories, RowSteps Rows, CacheRetention Cache, OrphanSweep Orphans, BlobSweep Blobs, ArtifactContainer Container);
