using System.Globalization;
using System.Net;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Sends a request until it is answered: a lost answer is a reason to send the same again. Answers that nobody expected are findings.</summary>
internal sealed class PatientClient : IDisposable
{
    /// <summary>A broker that has been ready for this long has no excuse for a 503.</summary>
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(15);

    private readonly Fleet _fleet;
    private readonly Findings _findings;
    private readonly HttpClient _http;

    public PatientClient(Fleet fleet, Findings findings)
    {
        (_fleet, _findings, _http) = (fleet, findings, fleet.First.Client());
        _http.Timeout = TimeSpan.FromSeconds(90);
    }

    public void Dispose() => _http.Dispose();

    /// <param name="what">Names the kind of request in figures and findings.</param>
    /// <param name="expected">The statuses that are no finding.</param>
    public async Task<Answer> SendAsync(string what, Func<HttpRequestMessage> request, HttpStatusCode[] expected, CancellationToken patience)
    {
        while (true)
        {
            if (await TryAsync(what, request, expected, patience) is { } answer)
            {
                return answer;
            }

            await Task.Delay(100, patience);
        }
    }

    public Task<Answer> GetAsync(string what, string path, CancellationToken patience) =>
        SendAsync(what, () => new HttpRequestMessage(HttpMethod.Get, path), [HttpStatusCode.OK], patience);

    /// <summary>Once; null when there was no answer, or one that says to come again.</summary>
    /// <param name="asked">Null for the host whose turn it is.</param>
    public async Task<Answer?> TryAsync(
        string what, Func<HttpRequestMessage> request, HttpStatusCode[] expected, CancellationToken patience, RunningBroker? asked = null)
    {
        try
        {
            using var message = request();
            var host = Address(message, asked ?? _fleet.Next());
            using var response = await _http.SendAsync(message, patience);
            var answer = new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(patience));
            _findings.Count(string.Create(CultureInfo.InvariantCulture, $"{what} {(int)answer.Status}"));
            if (answer.Status == HttpStatusCode.ServiceUnavailable)
            {
                _findings.Check(host.ReadyFor is not { } ready || ready < _settled, $"{what} was answered with 503 by a settled broker: {answer.Body}");
                return null;
            }

            _findings.Check(expected.Contains(answer.Status), $"{what} {message.RequestUri} was answered with {(int)answer.Status}: {answer.Body}");
            return answer;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException || (lost is OperationCanceledException && !patience.IsCancellationRequested))
        {
            _findings.Count(lost is OperationCanceledException ? $"{what} no answer in time" : $"{what} lost");
            return null;
        }
    }

    /// <summary>A response that is read as it comes; throws what <see cref="HttpClient"/> throws.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken patience)
    {
        Address(request, _fleet.Next());
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience);
    }

    private static RunningBroker Address(HttpRequestMessage request, RunningBroker host)
    {
        request.RequestUri = new Uri(new Uri(host.Url), request.RequestUri!);
        return host;
    }
}
