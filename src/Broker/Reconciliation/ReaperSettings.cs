using System.Diagnostics.Metrics;
using BuildFunctions.Broker.Audit;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>The reaper's surroundings.</summary>
public sealed class ReaperSettings(TimeProvider clock, IOptions<ReconcileOptions> options, IMeterFactory meters, AuditLog audit)
{
    private readonly Counter<long> _found = meters.Create("BuildFunctions.Reconciliation")
        .CreateCounter<long>("reconcile.found", description: "Runs without an owner that were found at providers");

    public TimeProvider Clock => clock;

    public IOptions<ReconcileOptions> Options => options;

    public AuditLog Audit => audit;

    public void Count(string kind, string provider) =>
        _found.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("provider", provider));
}
