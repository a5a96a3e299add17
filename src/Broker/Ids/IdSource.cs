using System.Security.Cryptography;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Ids;

/// <summary>Makes ids from the injected clock and the system's randomness.</summary>
public sealed class IdSource(TimeProvider clock)
{
    public TId Next<TId>()
        where TId : struct, ISortableId<TId>
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        return TId.Create(clock.GetUtcNow(), random);
    }
}
