using BuildFunctions.Conformance;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>Something that runs the conformance orchestrations, and what a client of it sees.</summary>
public abstract class Runtime : IAsyncLifetime
{
    private static int _ids;

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    public abstract Task<ClientAnswer> CallAsync(ClientCall call);

    /// <summary>What this runtime does where the three are not alike.</summary>
    public abstract T Of<T>(T engine, T inMemory, T extension);

    public static string NewId() => $"i{Environment.ProcessId}-{Interlocked.Increment(ref _ids)}";

    public async Task<ClientAnswer> DoneAsync(ClientCall call) 
    {
        var answer = await CallAsync(call);
        return answer.Refusal is null ? answer : throw new InvalidOperationException($"{call.Operation} was refused: {answer}");
    }

    public async Task<string> StartAsync(string name, string? input = null)
    {
        var id = NewId();
        await DoneAsync(new ClientCall(ClientOperation.Start, id, name, input));
        return id;
    }

    /// <summary>Started, and past its first turn.</summary>
    public async Task<string> StartedAsync(string name, string? input = null)
    {
        var id = await StartAsync(name, input);
        await SeenAsync(id, instance => instance.Status is not "Pending");
        return id;
    }

    public Task<ClientAnswer> RaiseAsync(string id, string name, string text = "x") => DoneAsync(new ClientCall(ClientOperation.Raise, id, name, text));

    public async Task<InstanceView> EndAsync(string id) => await SeenAsync(id, instance => instance.Status is "Completed" or "Failed" or "Terminated");

    public async Task<string?> OutputAsync(string name, string? input = null) => (await EndAsync(await StartAsync(name, input))).Output;

    public async Task<InstanceView> SeenAsync(string id, Func<InstanceView, bool> until)
    {
        InstanceView? last = null;
        await Until.TrueAsync($"instance {id}", async () =>
        {
            last = (await DoneAsync(new ClientCall(ClientOperation.Get, id))).Instance;
            return last is not null && until(last);
        });
        return last!;
    }
}
