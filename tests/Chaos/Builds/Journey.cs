using System.Collections.Concurrent;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds;

/// <summary>What one customer did for one build and was answered.</summary>
internal sealed class Journey(BuildCase build)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BuildCase Case { get; } = build;

    /// <summary>Every id that a trigger with this build's key was answered with.</summary>
    public ConcurrentDictionary<string, bool> Ids { get; } = new();

    /// <summary>The same for the retry.</summary>
    public ConcurrentDictionary<string, bool> RetryIds { get; } = new();

    public string? Id => Ids.Keys.FirstOrDefault();

    public string? RetryId => RetryIds.Keys.FirstOrDefault();

    /// <summary>The last answers said that these had ended so.</summary>
    public ConcurrentDictionary<string, Build> Final { get; } = new();

    /// <summary>A cancel was accepted, or may have been.</summary>
    public bool CancelSent { get; set; }

    public bool CancelRefused { get; set; }

    /// <summary>The broker does not take such sources.</summary>
    public bool Refused { get; set; }

    /// <summary>The log as the customer's stream brought it over all kills.</summary>
    public string? Followed { get; set; }

    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();

    public override string ToString() => $"{Case.Kind} #{Case.Number} of {Case.App} ({Id ?? "no id"})";
}
