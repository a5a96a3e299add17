namespace BuildFunctions.Engine.Hub;

/// <summary>
/// Runs activities: so many at once, in order within an instance and in turns between instances. Those that were running when
/// processes died run one at a time in a lane of their own, so that what ran beside the culprit is cleared by completing.
/// </summary>
internal sealed class ActivityPool(int slots, Func<ActivityWork, Task> run, Action<Func<Task>> begin)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<ActivityWork>> _waiting = [];
    private readonly Queue<string> _turns = new();
    private readonly Queue<ActivityWork> _suspects = new();
    private TaskCompletionSource? _drained;
    private int _running;
    private int _used;
    private bool _isTrying;

    public Task DrainedAsync()
    {
        lock (_gate)
        {
            return _running == 0 ? Task.CompletedTask : (_drained = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Add(ActivityWork work)
    {
        lock (_gate)
        {
            if (work.IsSuspect)
            {
                _suspects.Enqueue(work);
            }
            else
            {
                if (!_waiting.TryGetValue(work.Instance.Id, out var queue))
                {
                    _waiting[work.Instance.Id] = queue = new();
                    _turns.Enqueue(work.Instance.Id);
                }

                queue.Enqueue(work);
            }

            StartNext();
        }
    }

    private void StartNext()
    {
        if (!_isTrying && _suspects.TryDequeue(out var suspect))
        {
            _isTrying = true;
            Start(suspect);
        }

        while (_used < slots && _turns.TryDequeue(out var id))
        {
            var queue = _waiting[id];
            _used++;
            Start(queue.Dequeue());
            if (queue.Count > 0)
            {
                _turns.Enqueue(id);
            }
            else
            {
                _waiting.Remove(id);
            }
        }
    }

    private void Start(ActivityWork work)
    {
        _running++;
        begin(async () =>
        {
            try
            {
                await run(work);
            }
            finally
            {
                Ended(work);
            }
        });
    }

    private void Ended(ActivityWork work)
    {
        lock (_gate)
        {
            _used -= work.IsSuspect ? 0 : 1;
            _isTrying &= !work.IsSuspect;
            StartNext();
            if (--_running == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }
}
