using System.Diagnostics;
using System.Text.RegularExpressions;

namespace BuildFunctions.Testing.FunctionsHosts;

/// <summary>What a process prints, line by line, for whoever waits for a line.</summary>
internal sealed class HostOutput
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Task _ended;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostOutput(Process process) => _ended = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public async Task<string> LineAsync(Regex pattern, int occurrence)
    {
        using var deadline = new CancellationTokenSource(_patience);
        while (true)
        {
            var more = Volatile.Read(ref _more).Task;
            var isOver = _ended.IsCompleted;
            if (Lines.Where(line => pattern.IsMatch(line)).ElementAtOrDefault(occurrence - 1) is { } line)
            {
                return line;
            }

            if (isOver || deadline.IsCancellationRequested)
            {
                throw new InvalidOperationException($"No line matches '{pattern}'{(isOver ? ", and the process has ended" : "")}:\n{string.Join('\n', Lines.TakeLast(40))}");
            }

            await Task.WhenAny(more, _ended, Task.Delay(_patience, deadline.Token));
        }
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
            }

            Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
