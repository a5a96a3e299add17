using System.Diagnostics.CodeAnalysis;

namespace BuildFunctions.Contracts.Ids;

/// <summary>What all ids have in common; callers give the clock and ten random bytes.</summary>
public interface ISortableId<TSelf>
    where TSelf : struct, ISortableId<TSelf>
{
    static abstract string Prefix { get; }

    DateTimeOffset CreatedAt { get; }

    static abstract TSelf Create(DateTimeOffset now, ReadOnlySpan<byte> random);

    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);
}
