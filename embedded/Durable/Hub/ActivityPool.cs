namespace BuildFunctions.Embedded.Durable.Hub;

/// <summary>
/// Runs activities: so many at once, in order within an instance and in turns between instances. Those that were running when
/// processes died run one at a time in a lane of their own, so that what ran beside the culprit is cleared by completing.
/// </summary>
internal sealed class ActivityPool(int slots, Func<ActivityWork, Task> run)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<ActivityWork>> _waiting = [];
    private readonly Queue<string> _turns = new();
    private readonly Queue<ActivityWork> _suspects = new();
    private readonly HashSet<Task> _running = [];
    private int _used;
    private bool _isTrying;

    public Task Drained()
    {
        lock (_gate)
        {
            return Task.WhenAll(_running);
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
        var task = Task.Run(() => run(work));
        _running.Add(task);
        task.ContinueWith(
            ended =>
            {
                lock (_gate)
                {
                    _running.Remove(ended);
                    _used -= work.IsSuspect ? 0 : 1;
                    _isTrying &= !work.IsSuspect;
                    StartNext();
                }
            },
            TaskScheduler.Default);
    }
}
