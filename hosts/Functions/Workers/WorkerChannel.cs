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

    /// <summary>Runs until the worker goes away or <paramref name="stop"/> says so.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var sending = SendAsync(stop);
        try
        {
            while (await incoming.MoveNext(stop))
            {
                Take(incoming.Current);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The connection broke, as it does when a worker is killed: that it is closed is all that matters.
        }
        finally
        {
            Close();
        }

        await sending;
    }

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

    /// <summary>Calls <paramref name="cancel"/> with the id of each question that is open.</summary>
    public void CancelQuestions(Action<string> cancel)
    {
        foreach (var question in _questions.Keys)
        {
            cancel(question);
        }
    }

    /// <summary>Every question that is open or comes later fails. The outbox first: what it took before is among the questions below.</summary>
    public void Close()
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

    private void Take(StreamingMessage message)
    {
        if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog)
        {
            log.Write(message.RpcLog);
        }
        else if (_questions.TryRemove(message.RequestId, out var answer))
        {
            answer.TrySetResult(message);
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync(stop))
            {
                await outgoing.WriteAsync(message, stop);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or Grpc.Core.RpcException or InvalidOperationException)
        {
            // The same broken connection, seen from the other side.
            Close();
        }
    }
}
