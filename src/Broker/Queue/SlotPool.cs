namespace BuildFunctions.Broker.Queue;

/// <summary>Something that runs only so many builds at once.</summary>
internal readonly record struct SlotPool(SlotPoolKind Kind, string Name)
{
    public static SlotPool Broker => new(SlotPoolKind.Broker, "this broker");
}
