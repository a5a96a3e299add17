using System.Net;
using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Follows a build's log and record as a browser does: what breaks off is resumed behind the last event.</summary>
internal sealed class LogFollower(PatientClient client, Findings findings, Sights sights)
{
    public async Task<string> FollowAsync(string build, CancellationToken patience)
    {
        var text = new StringBuilder();
        var last = "";
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/builds/{build}/logs");
                request.Headers.Accept.ParseAdd("text/event-stream");
                if (last.Length > 0)
                {
                    request.Headers.Add("Last-Event-ID", last);
                }

                using var response = await client.OpenAsync(request, patience);
                findings.Check(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"following the log of {build} was answered with {(int)response.StatusCode}");
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience));
                if (response.IsSuccessStatusCode && await ReadAsync(reader, text, id => last = id, patience))
                {
                    return text.ToString();
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is OperationCanceledException && !patience.IsCancellationRequested))
            {
                findings.Count("log streams broken off");
            }

            await Task.Delay(100, patience);
        }
    }

    /// <summary>True when the stream came to its end event.</summary>
    private async Task<bool> ReadAsync(StreamReader reader, StringBuilder text, Action<string> seen, CancellationToken patience)
    {
        var (name, id, data) = ("", "", "");
        while (await reader.ReadLineAsync(patience) is { } line)
        {
            if (line.Length == 0)
            {
                // An event counts when it is whole.
                if (name == BuildStreamEvent.Log)
                {
                    text.Append(JsonSerializer.Deserialize<string>(data));
                    seen(id);
                }

                if (name is BuildStreamEvent.Status or BuildStreamEvent.End)
                {
                    sights.See(JsonSerializer.Deserialize(data, ContractsJson.Default.Build)!.Phase);
                }

                if (name == BuildStreamEvent.End)
                {
                    return true;
                }

                (name, id, data) = ("", "", "");
                continue;
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var (field, value) = colon > 0 ? (line[..colon], line[(colon + 2)..]) : ("", "");
            (name, id, data) = field switch
            {
                "event" => (value, id, data),
                "id" => (name, value, data),
                "data" => (name, id, data + value),
                _ => (name, id, data),
            };
        }

        return false;
    }
}
