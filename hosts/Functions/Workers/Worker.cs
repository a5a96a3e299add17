using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using BuildFunctions.FunctionsHost.Protocol;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>A worker that has loaded its functions.</summary>
internal sealed class Worker(WorkerChannel channel)
{
    /// <summary>For each step of a start.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private long _questions;
    private int _running;

    /// <summary>The worker's own server; null for an app without ASP.NET Core.</summary>
    public Uri? HttpUri { get; private set; }

    public IReadOnlyList<Function> Functions { get; private set; } = [];

    /// <summary>Invocations that the worker has not answered yet.</summary>
    public int Running => Volatile.Read(ref _running);

    public Task Gone => channel.Closed;

    /// <summary>For a worker or an invocation. Nobody can guess it: each process of this machine can reach the ports where it stands for the right to be heard.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public async Task LoadAsync(string folder)
    {
        var init = await AskAsync(new() { WorkerInitRequest = new() { HostVersion = "4.1000.0", WorkerDirectory = folder, FunctionAppDirectory = folder } });
        Check(init.WorkerInitResponse.Result, "start");
        var list = (await AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } })).FunctionMetadataResponse;
        Check(list.Result, "list its functions");
        await Task.WhenAll(list.FunctionMetadataResults.Select(LoadAsync));
        Functions = [.. list.FunctionMetadataResults.Select(function => new Function(function.Name, [.. function.RawBindings.Select(FunctionBinding.Parse)]))];
        if (init.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out var uri))
        {
            // The worker calls itself localhost and listens on IPv4 and IPv6; one address spares each connection a look-up.
            HttpUri = new UriBuilder(uri) { Host = "127.0.0.1" }.Uri;
            await ListensAsync(HttpUri.Port);
        }
    }

    /// <param name="id">A <see cref="NewId"/>; it also stands for the invocation in <see cref="Cancel"/> and in the forwarded HTTP request.</param>
    public async Task<TypedData?> InvokeAsync(string id, string function, IEnumerable<ParameterBinding> inputs, IEnumerable<KeyValuePair<string, TypedData>> metadata)
    {
        var functionId = _ids.GetValueOrDefault(function) ?? throw new InvalidOperationException($"The worker has no function {function}.");
        var trace = new RpcTraceContext { TraceParent = Activity.Current?.Id ?? "", TraceState = Activity.Current?.TraceStateString ?? "" };
        var request = new InvocationRequest { InvocationId = id, FunctionId = functionId, TraceContext = trace };
        request.InputData.Add(inputs);
        request.TriggerMetadata.Add(metadata.ToDictionary());

        Interlocked.Increment(ref _running);
        try
        {
            var response = (await channel.AskAsync(new() { RequestId = id, InvocationRequest = request })).InvocationResponse;
            return response.Result.Status == StatusResult.Types.Status.Success ? response.ReturnValue : throw new FunctionFailedException(response.Result);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>The function's CancellationToken is cancelled; how it ends is up to the function.</summary>
    public void Cancel(string id) => channel.Tell(new() { InvocationCancel = new() { InvocationId = id } });

    public void CancelAll() => channel.OpenQuestions.ToList().ForEach(Cancel);

    /// <summary>Asks the worker to end.</summary>
    public void Terminate() => channel.Tell(new() { WorkerTerminate = new() });

    private static void Check(StatusResult result, string what) => _ = result.Status == StatusResult.Types.Status.Success
        ? result
        : throw new HostStartException($"The worker could not {what}: {result.Exception?.Message}");

    // The worker says that it is ready before its server is; a request sent too early would fail.
    private static async Task ListensAsync(int port)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
            }
        }
    }

    private async Task LoadAsync(RpcFunctionMetadata function)
    {
        var answer = await AskAsync(new() { FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } });
        Check(answer.FunctionLoadResponse.Result, $"load {function.Name}");
        lock (_ids)
        {
            _ids[function.Name] = function.FunctionId;
        }
    }

    private Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = $"host-{Interlocked.Increment(ref _questions)}";
        return channel.AskAsync(question).WaitAsync(Patience);
    }
}
