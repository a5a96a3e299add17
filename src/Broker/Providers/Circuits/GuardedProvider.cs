using System.Net.Sockets;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Providers.Circuits;

/// <summary>A provider behind its circuit. What the network throws becomes a transient failure, and says whether it can have had an effect.</summary>
internal sealed class GuardedProvider(IBuildProvider inner, Circuit circuit) : IBuildProvider
{
    public IBuildProvider Inner => inner;

    public Circuit Circuit => circuit;

    public string Name => inner.Name;

    public ProviderCapabilities Capabilities => inner.Capabilities;

    /// <summary>Asked by people and not by builds: it neither waits for the circuit nor moves it.</summary>
    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken) =>
        AskAsync(() => inner.StartAsync(request, secrets, cancellationToken), cancellationToken);

    public Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken) =>
        AskAsync(() => inner.PollAsync(handle, cursor, cancellationToken), cancellationToken);

    public Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken) =>
        AskAsync(() => inner.WaitForChangeAsync(handle, cursor, cancellationToken), cancellationToken);

    public Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken) =>
        AskAsync(() => inner.CancelAsync(handle, force, cancellationToken), cancellationToken);

    public Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken) =>
        AskAsync(() => inner.OpenArtifactAsync(handle, cancellationToken), cancellationToken);

    public Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken) =>
        AskAsync(() => inner.CleanUpAsync(handle, cancellationToken), cancellationToken);

    /// <summary>Null where the provider cannot say.</summary>
    public async Task<IReadOnlyList<ListedRun>?> ListRunsAsync(string broker, CancellationToken cancellationToken) =>
        inner is IRunList list ? await AskAsync(() => list.ListRunsAsync(broker, cancellationToken), cancellationToken) : null;

    public void ThrowIfLeftAlone() => ThrowAfter(circuit.Wait);

    private async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        T? answer = default;
        await AskAsync(async () => { answer = await call(); }, cancellation);
        return answer!;
    }

    private async Task AskAsync(Func<Task> call, CancellationToken cancellation)
    {
        ThrowAfter(circuit.Enter());
        try
        {
            await call();
            circuit.Answered();
        }
        catch (TransientException failure)
        {
            circuit.Failed(failure.Message, failure.RetryAfter);
            throw;
        }
        catch (BrokerFailure)
        {
            circuit.Answered();
            throw;
        }
        catch (Exception exception) when (!IsNetwork(exception))
        {
            // A fault of the broker or its machine says nothing about the provider, and a call that was let through to try has reported.
            circuit.Answered();
            throw;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // The exception's own text may name addresses inside.
            var why = Describe(exception);
            circuit.Failed(why, retryAfter: null);
            throw new TransientException(ErrorCode.ProviderUnavailable, $"{Name} does not answer: {why}.", fields: Fields, inner: exception)
            {
                NothingStarted = exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError },
            };
        }
    }

    private void ThrowAfter(TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
        {
            throw new TransientException(
                ErrorCode.ProviderUnavailable, $"{Name} keeps failing and is left alone for a while: {circuit.View.Reason}", wait, Fields)
            { NothingStarted = true };
        }
    }

    private IReadOnlyList<FailureField> Fields => [new FailureField("provider", Name)];

    private static string Describe(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the connection is not secure",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or SocketException => "there is no connection",
        HttpRequestException { StatusCode: { } status } => $"it answered {(int)status}",
        TimeoutException or OperationCanceledException => "it takes too long",
        _ => "its answer broke off",
    };

    private static bool IsNetwork(Exception exception) => exception is HttpRequestException or SocketException or TimeoutException or OperationCanceledException or HttpIOException;
}
