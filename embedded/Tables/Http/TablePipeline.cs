using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http;

/// <summary>One account's table endpoint and the way to it.</summary>
internal sealed class TablePipeline
{
    private readonly HttpPipeline _pipeline;
    private readonly string _root;
    private readonly string _version;

    public TablePipeline(TableEndpoint endpoint, TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        var (perCall, perTry) = endpoint.PoliciesFor(options);
        _pipeline = HttpPipelineBuilder.Build(options, perCall, perTry, new ResponseClassifier());
        _root = endpoint.Uri.AbsoluteUri.TrimEnd('/');
        _version = options.Version;
        Endpoint = endpoint;
    }

    public TableEndpoint Endpoint { get; }

    /// <summary>The address of what the endpoint calls <paramref name="path"/>, as it goes over the wire.</summary>
    public string Address(string path) => $"{_root}/{path}";

    public HttpMessage Request(RequestMethod method, string path, RequestContent? content = null)
    {
        var message = _pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(Address(path)));
        request.Headers.SetValue("x-ms-version", _version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        if (content is not null)
        {
            request.Headers.SetValue("Content-Type", "application/json");
            request.Content = content;
        }
        else if (method != RequestMethod.Get)
        {
            // SocketsHttpHandler sends a request without a body again, unasked, when its pooled connection turns out to be closed.
            // A body, even an empty one, is never sent twice.
            request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        }

        return message;
    }

    /// <param name="message">Disposed here.</param>
    /// <param name="async">False on behalf of a synchronous method: the task is then complete on return.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="accepted">A status beside 2xx that is an answer and no failure.</param>
    public async ValueTask<Response> SendAsync(HttpMessage message, bool async, CancellationToken cancellation, int accepted = 0)
    {
        using (message)
        {
            cancellation.ThrowIfCancellationRequested();
            if (async)
            {
                await _pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
            }
            else
            {
                _pipeline.Send(message, cancellation);
            }

            var response = message.Response;
            return response.Status is >= 200 and < 300 || response.Status == accepted ? response : throw Failed(response);
        }
    }

    public static RequestFailedException Failed(Response response) => new(response, null, TableErrorParser.Instance);
}
