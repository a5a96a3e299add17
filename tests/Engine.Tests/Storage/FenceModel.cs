namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>
/// The commit protocol alone, in random schedules of lost answers, late deliveries, re-sends and a second owner in the middle;
/// and two protocols that look right and are not.
/// </summary>
internal sealed class FenceModel
{
    private const int BatchesPerOwner = 4;

    private readonly Random _random;
    private readonly Variant _variant;
    private readonly List<Request> _network = [];
    private readonly List<(string Owner, string Batch)> _log = [];
    private readonly List<string> _acknowledged = [];
    private string? _owner;
    private string? _lastBatch;
    private int _etag;

    private FenceModel(int seed, Variant variant) => (_random, _variant) = (new(seed), variant);

    public enum Variant
    {
        Resolve,

        /// <summary>Sends again, and takes 412 for another owner.</summary>
        BlindRetry,

        /// <summary>Takes a timeout for a failure and goes on with a fresh ETag.</summary>
        TimeoutIsFailure,
    }

    private enum State
    {
        Take,
        Run,
        Resolve,
    }

    public static IReadOnlySet<string> Violations(int seed, Variant variant) => new FenceModel(seed, variant).Run();

    private HashSet<string> Run()
    {
        var (first, second) = (new Process("a"), new Process("b"));
        List<Process> running = [first];
        for (var time = 0; time < 400; time++)
        {
            if (running.Count == 1 && time > _random.Next(5, 61) && _random.NextDouble() < 0.1)
            {
                running.Add(second);
            }

            if (_random.NextDouble() < 0.45 && _network.Count > 0)
            {
                Deliver(_network[_random.Next(_network.Count)]);
            }
            else
            {
                Step(running[_random.Next(running.Count)]);
            }
        }

        return Judge([first, second]);
    }

    private void Deliver(Request request)
    {
        _network.Remove(request);
        var applied = request.ETag == _etag;
        if (applied)
        {
            _etag++;
            if (request.Batch is null)
            {
                _owner = request.Owner;
            }
            else
            {
                _lastBatch = request.Batch;
                _log.Add((request.Owner, request.Batch));
            }
        }

        if (_random.NextDouble() < 0.75 && request.From.Waiting == request)
        {
            request.Answer = applied ? 204 : 412;
            request.NewETag = _etag;
        }
    }

    private void Step(Process process)
    {
        if (process.IsDead)
        {
            return;
        }

        if (process.Waiting is { } waiting)
        {
            if (waiting.Answer is not null || _random.NextDouble() < 0.25)
            {
                process.Waiting = null;
                OnAnswer(process, waiting);
            }

            return;
        }

        switch (process.State)
        {
            case State.Take:
                process.NextName();
                process.ETag = _etag;
                Send(process, null);
                break;
            case State.Resolve:
                Resolve(process);
                break;
            case State.Run when process.Current is not null || process.Produced < BatchesPerOwner:
                process.Current ??= $"{process.Base}{process.Produced++}";
                Send(process, process.Current);
                break;
        }
    }

    private void Send(Process process, string? batch)
    {
        process.Waiting = new(process, process.Name, batch, process.ETag);
        _network.Add(process.Waiting);
    }

    private void OnAnswer(Process process, Request request)
    {
        if (request.Batch is null)
        {
            process.ETag = request.Answer == 204 ? request.NewETag : _etag;
            process.State = request.Answer == 204 || _owner == process.Name ? State.Run : State.Take;
        }
        else if (request.Answer == 204)
        {
            Acknowledge(process, request.NewETag);
        }
        else if (_variant == Variant.BlindRetry)
        {
            process.IsDead = request.Answer == 412;
            process.MistookItself = process.IsDead && _owner == process.Name;
        }
        else if (_variant == Variant.TimeoutIsFailure && request.Answer is null)
        {
            process.Current = null;
            process.ETag = _etag;
        }
        else
        {
            process.State = State.Resolve;
        }
    }

    private void Resolve(Process process)
    {
        process.State = State.Run;
        if (_owner != process.Name)
        {
            process.IsDead = true;
        }
        else if (_lastBatch == process.Current)
        {
            Acknowledge(process, _etag);
        }
        else
        {
            process.ETag = _etag;
        }
    }

    private void Acknowledge(Process process, int etag)
    {
        process.ETag = etag;
        _acknowledged.Add(process.Current!);
        process.Current = null;
    }

    private HashSet<string> Judge(Process[] processes)
    {
        var violations = new HashSet<string>();
        var applied = _log.ConvertAll(entry => entry.Batch);
        var owners = _log.ConvertAll(entry => entry.Owner);
        Check(applied.Distinct().Count() == applied.Count, "applied twice");
        Check(owners.Where((owner, i) => i == 0 || owners[i - 1] != owner).Count() == owners.Distinct().Count(), "zombie write after a new owner");
        Check(_acknowledged.TrueForAll(applied.Contains), "acknowledged, not applied");
        foreach (var process in processes)
        {
            var order = _acknowledged.FindAll(batch => batch.StartsWith(process.Base, StringComparison.Ordinal));
            Check(applied.FindAll(order.Contains).SequenceEqual(order), "applied in another order");
            var settled = process.Produced - (process.Current is null ? 0 : 1);
            Check(process.IsDead || Enumerable.Range(0, settled).All(i => applied.Contains($"{process.Base}{i}")), "lost a batch of a live owner");
            Check(!process.MistookItself, "took its own commit for another owner's");
        }

        return violations;

        void Check(bool holds, string violation)
        {
            if (!holds)
            {
                violations.Add(violation);
            }
        }
    }

    private sealed class Process(string name)
    {
        private int _takes;

        public string Base => name;

        public string Name => $"{name}#{_takes}";

        public State State { get; set; }

        public int ETag { get; set; }

        public string? Current { get; set; }

        public int Produced { get; set; }

        public Request? Waiting { get; set; }

        public bool IsDead { get; set; }

        public bool MistookItself { get; set; }

        public void NextName() => _takes++;
    }

    private sealed class Request(Process from, string owner, string? batch, int etag)
    {
        public Process From => from;

        public string Owner => owner;

        public string? Batch => batch;

        public int ETag => etag;

        public int? Answer { get; set; }

        public int NewETag { get; set; }
    }
}
