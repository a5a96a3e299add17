namespace BuildFunctions.Engine.Storage;

/// <summary>Where a task hub is and how its owner behaves.</summary>
internal sealed record HubStorageOptions
{
    public required StorageAccount Account { get; init; }

    /// <summary>3 to 45 letters and digits, the first a letter, as for any task hub.</summary>
    public string HubName { get; init; } = "BuildFunctions";

    /// <summary>Names this process so that another one on the same machine can tell whether it has ended; null where that cannot be told.</summary>
    public string? Process { get; init; }

    /// <summary>Whether the process of this name was on this machine and has ended. An owner that is known to be dead is not waited for.</summary>
    public Func<string, bool> HasEnded { get; init; } = _ => false;

    /// <summary>15 to 60 s. A killed owner on another machine is replaced after at most this and <see cref="StandbyEvery"/>.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Nothing is written in the last part of a lease that was not renewed.</summary>
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(6);

    public TimeSpan StandbyEvery { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Finished instances are purged after this time.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>And the oldest of more than this many are purged before, in each of the four shards.</summary>
    public int RetainedPerShard { get; init; } = 1000;

    /// <summary>A payload that nothing refers to is kept this long: its commit may still come.</summary>
    public TimeSpan PayloadGrace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Lists every fault.</summary>
    public IEnumerable<string> Faults()
    {
        if (HubName.Length is < 3 or > 45 || !char.IsAsciiLetter(HubName[0]) || !HubName.All(char.IsAsciiLetterOrDigit))
        {
            yield return $"The hub name '{HubName}' is not 3 to 45 letters and digits with a letter first.";
        }

        if (LeaseDuration < TimeSpan.FromSeconds(15) || LeaseDuration > TimeSpan.FromSeconds(60))
        {
            yield return "The lease duration is not between 15 and 60 s.";
        }

        if (RenewEvery + LeaseMargin >= LeaseDuration)
        {
            yield return "The lease would not be renewed before its margin.";
        }
    }
}
