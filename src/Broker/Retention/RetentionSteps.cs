using BuildFunctions.Broker.Artifacts;

namespace BuildFunctions.Broker.Retention;

/// <summary>What a run consists of.</summary>
public sealed record RetentionSteps(DeploymentSweep Deployments, BuildPurge Builds, BuildHistories Histories, KeySweep Keys, BlobSweep Blobs, ArtifactContainer Container);
