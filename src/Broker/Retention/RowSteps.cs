namespace BuildFunctions.Broker.Retention;

/// <summary>The part of a run that is about rows and histories, not about content.</summary>
public sealed record RowSteps(KeySweep Keys, AuditSweep Audit, DeliverySweep Deliveries, ListSweep Lists);
