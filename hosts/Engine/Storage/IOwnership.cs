namespace BuildFunctions.Engine.Storage;

/// <summary>The right to dispatch a task hub: one process holds it, others wait for it.</summary>
internal interface IOwnership
{
    /// <summary>Name of this process as others see it.</summary>
    string Owner { get; }

    /// <summary>Number of the take-over this process made; 0 while it is a standby.</summary>
    long Epoch { get; }

    /// <summary>After <see cref="AcquireAsync"/>: the previous owner released the hub in good order (or there was none); nothing was running when it went.</summary>
    bool PreviousReleased { get; }

    /// <summary>Completes when ownership is lost for good; this process must not commit again.</summary>
    Task Lost { get; }

    /// <summary>Waits until this process owns the hub and every earlier owner is fenced.</summary>
    Task AcquireAsync(CancellationToken cancellation);

    ValueTask ReleaseAsync();
}
