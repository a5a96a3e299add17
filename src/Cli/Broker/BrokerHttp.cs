using System.Net.Http.Headers;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Broker;

/// <summary>Sends one call, again while nothing answers if it may be repeated; answers that are no success become a <see cref="ProblemException"/>.</summary>
internal sealed class BrokerHttp(BrokerAddress address, Patience patience, TimeProvider time, Action<string> tell) : IDisposable
{
    private readonly HttpClient _http = address.CreateClient();
    private bool _acquainted;

    public Patience Patience => patience;

    public TimeProvider Time => time;

    public Action<string> Tell => tell;

    /// <summary>The reader owns the response. No limit is for what may take long to send or read.</summary>
    public async Task<T> SendAsync<T>(
        BrokerCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var retry = 0; ; retry++)
        {
            try
            {
                var answer = await SendOnceAsync(call, read, limit, cancellationToken);
                if (retry > 0 && _acquainted)
                {
                    tell("The broker answers again.");
                }

                _acquainted = true;
                return answer;
            }
            catch (Exception e) when (IsBroken(e) && !cancellationToken.IsCancellationRequested)
            {
                if (!MayRepeat(call, start))
                {
                    throw new UnreachableException(address.Url, e);
                }

                TellFirst(retry, "The connection to the broker is lost; trying again.");
            }
            catch (ProblemException e) when (e.Problem.Code == ErrorCode.StorageUnavailable && Acquaint() && MayRepeat(call, start))
            {
                TellFirst(retry, "The broker's storage does not answer; trying again.");
            }
            catch (ProblemException e) when (retry > 0 && e.Problem.Code != ErrorCode.StorageUnavailable)
            {
                tell("The broker answers again.");
                throw;
            }

            await Task.Delay(patience.Delay(retry), time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private bool MayRepeat(BrokerCall call, long start) => call.Repeatable && time.GetElapsedTime(start) < (_acquainted ? patience.Acquainted : patience.Stranger);

    /// <summary>There is a broker: it has said something, be it that it cannot do its work now.</summary>
    private bool Acquaint() => _acquainted = true;

    private void TellFirst(int retry, string what)
    {
        if (retry == 0 && _acquainted)
        {
            tell(what);
        }
    }

    private static bool IsBroken(Exception e) => e is HttpRequestException or IOException;

    private async Task<T> SendOnceAsync<T>(
        BrokerCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, TimeSpan? limit, CancellationToken cancellationToken)
    {
        using var request = call.ToRequest();
        request.Headers.Authorization = address.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        using var clock = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return await read(response, either.Token);
            }

            using (response)
            {
                throw await ProblemReader.ReadAsync(response, either.Token) is { } problem
                    ? new ProblemException(problem)
                    : new HttpRequestException($"a gateway says {(int)response.StatusCode}");
            }
        }
        catch (OperationCanceledException e) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The broker did not answer within {limit?.TotalSeconds:0} s.", e);
        }
    }
}
