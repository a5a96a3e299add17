using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Orchestration;
using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Hub;

/// <summary>A live instance in memory: what its history amounts to, its parked orchestrator if cached, its mailbox, and at most one worker.</summary>
internal sealed class LiveInstance(string id)
{
    public const int LargestBatch = 400;

    private readonly Lock _gate = new();
    private readonly LinkedList<Message> _mailbox = new();
    private bool _isWorking;
    private bool _isRetired;

    public string Id => id;

    /// <summary>Set before the first step and changed only by the worker.</summary>
    public InstanceState State { get; set; } = null!;

    public OrchestratorRun? Run { get; set; }

    /// <summary>A run of this instance, parked or dropped since, went on by itself.</summary>
    public bool HasTrespassed { get; set; }

    /// <summary>Names of the external events that the orchestrator waits for, as of its last turn in this process.</summary>
    public IReadOnlyList<string> WaitsFor { get; set; } = [];

    /// <summary>Completes with the first commit; fails with it.</summary>
    public TaskCompletionSource<InstanceHead> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False when the instance has ended. <paramref name="mustWork"/>: the caller is to run a worker.</summary>
    public bool TryPost(Message message, out bool mustWork)
    {
        lock (_gate)
        {
            mustWork = !_isRetired && !_isWorking && State is not null;
            if (_isRetired)
            {
                return false;
            }

            _isWorking |= mustWork;
            _mailbox.AddLast(message);
            return true;
        }
    }

    /// <summary>Everything that waits, but a termination alone and ahead of the rest; null ends the worker.</summary>
    public IReadOnlyList<Message>? NextBatch()
    {
        lock (_gate)
        {
            if (_mailbox.Count == 0)
            {
                _isWorking = false;
                return null;
            }

            if (State.Unsaved is null && _mailbox.FirstOrDefault(message => message.Event is HistoryEvent.Terminated) is { } terminate)
            {
                _mailbox.Remove(terminate);
                return [terminate];
            }

            var batch = new List<Message>(Math.Min(LargestBatch, _mailbox.Count));
            while (batch.Count < LargestBatch && _mailbox.First is { } first && first.Value.Event is not HistoryEvent.Terminated)
            {
                batch.Add(first.Value);
                _mailbox.RemoveFirst();
            }

            return batch;
        }
    }

    /// <summary>What a step did not come to goes first in the next one.</summary>
    public void PutBack(IEnumerable<Message> rest)
    {
        lock (_gate)
        {
            rest.Reverse().ToList().ForEach(message => _mailbox.AddFirst(message));
        }
    }

    /// <summary>Takes nothing any more; what still waits is returned.</summary>
    public IReadOnlyList<Message> Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            Run = null;
            IReadOnlyList<Message> rest = [.. _mailbox];
            _mailbox.Clear();
            return rest;
        }
    }

    /// <summary>Drops the run; not under a worker's hands, unless that worker asks.</summary>
    public bool TryEvict(bool byWorker)
    {
        lock (_gate)
        {
            Run = _isWorking && !byWorker ? Run : null;
            return Run is null;
        }
    }
}
