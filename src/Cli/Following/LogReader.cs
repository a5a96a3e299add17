using System.Runtime.CompilerServices;
using System.Text;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Following;

/// <summary>Reads what there is of a log, piece by piece, going on where a connection broke.</summary>
internal sealed class LogReader(BrokerHttp http)
{
    public async IAsyncEnumerable<BuildEvent> ReadAsync(BuildId id, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offset = from;
        var bytes = new byte[16 * 1024];
        var text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var decoder = Encoding.UTF8.GetDecoder();
        for (var retry = 0; ; retry++)
        {
            using var stream = await OpenAsync(id, offset, cancellationToken);
            int? read;
            while ((read = await NextAsync(stream, bytes, cancellationToken)) > 0)
            {
                retry = 0;
                offset += read.Value;
                var length = decoder.GetChars(bytes.AsSpan(0, read.Value), text, flush: false);
                yield return new BuildEvent { Name = BuildStreamEvent.Log, Offset = offset, Text = new string(text, 0, length) };
            }

            if (read == 0)
            {
                yield break;
            }

            await Task.Delay(http.Patience.Delay(retry), http.Time, cancellationToken);
        }
    }

    private Task<SilenceLimit> OpenAsync(BuildId id, long offset, CancellationToken cancellationToken) => http.SendAsync(
        new BrokerCall(HttpMethod.Get, $"api/builds/{id}/logs{(offset > 0 ? $"?from={offset}" : "")}"),
        async (response, cancel) => new SilenceLimit(response, await response.Content.ReadAsStreamAsync(cancel), http.Patience.Silence, http.Time),
        limit: null,
        cancellationToken);

    /// <summary>Null when the connection broke before the end.</summary>
    private static async Task<int?> NextAsync(SilenceLimit stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
