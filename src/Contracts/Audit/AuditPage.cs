namespace BuildFunctions.Contracts.Audit;

/// <summary>Entries of the audit log, newest first; the cursor asks for those after them.</summary>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Cursor = null);
