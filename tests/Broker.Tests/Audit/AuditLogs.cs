using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Broker.Tests.Audit;

internal static class AuditLogs
{
    /// <summary>What is told of is in it as soon as it is read.</summary>
    public static AuditLog Of(BrokerStorage storage) => new(storage, new AuditWriter(storage, TimeProvider.System, NullLogger<AuditWriter>.Instance), TimeProvider.System);
}
