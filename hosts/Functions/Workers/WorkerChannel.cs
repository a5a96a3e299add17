using System.Collections.Concurrent;
using System.Threading.Channels;
using BuildFunctions.FunctionsHost.Protocol;
using Grpc.Core;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>The two-way stream of messages with one worker: questions find their answers by request id.</summary>
internal sealed class WorkerChannel(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, WorkerLog log)
{
    private readonly Channel<StreamingMessage> _outbox = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _questions = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when nothing more is heard from the worker.</summary>
    public Task Closed => _closed.Task;

    public IEnumerable<string> OpenQuestions => _questions.Keys;

    /// <summary>Runs until the worker goes away.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(UntilBrokenAsync(ReceiveAsync(stop)), UntilBrokenAsync(SendAsync(stop)));

    public async Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[question.RequestId] = answer;
        if (!_outbox.Writer.TryWrite(question))
        {
            _questions.TryRemove(question.RequestId, out _);
            throw new WorkerUnavailableException();
        }

        return await answer.Task;
    }

    /// <summary>Says something that needs no answer; to a worker that is gone, nothing.</summary>
    public void Tell(StreamingMessage message) => _outbox.Writer.TryWrite(message);

    // A broken connection is what a killed worker looks like: that it is closed is all that matters.
    private async Task UntilBrokenAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or InvalidOperationException or Grpc.Core.RpcException)
        {
            log.ConnectionLost(fault);
        }
        finally
        {
            Close();
        }
    }

    private async Task ReceiveAsync(CancellationToken stop)
    {
        while (await incoming.MoveNext(stop))
        {
            if (incoming.Current.RpcLog is { } entry)
            {
                log.Write(entry);
            }
            else if (_questions.TryRemove(incoming.Current.RequestId, out var answer))
            {
                answer.TrySetResult(incoming.Current);
            }
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        await foreach (var message in _outbox.Reader.ReadAllAsync(stop))
        {
            await outgoing.WriteAsync(message, stop);
        }
    }

    // Every question that is open or comes later fails. The outbox first: what it took before is among the questions below.
    private void Close()
    {
        _outbox.Writer.TryComplete();
        foreach (var question in _questions.Keys)
        {
            if (_questions.TryRemove(question, out var answer))
            {
                answer.TrySetException(new WorkerUnavailableException());
            }
        }

        _closed.TrySetResult();
    }
}
