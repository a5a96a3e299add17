using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Infra.Tests.Identity;

/// <summary>What a machine in Azure asks for tokens of its managed identity: App Service's protocol, tokens that nobody signed.</summary>
internal sealed class IdentityEndpoint : IDisposable
{
    public const string Secret = "only programs of this machine know it";

    private readonly HttpListener _listener = new();

    public IdentityEndpoint()
    {
        Address = $"http://127.0.0.1:{FreePort.Find()}/msi/token";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        Serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The identity that each request named; empty where it named none.</summary>
    public ConcurrentQueue<string> Named { get; } = [];

    /// <summary>Ends without a fault when this object goes.</summary>
    public Task Serving { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext request;
            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }

            await AnswerAsync(request);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var query = context.Request.QueryString;
        Named.Enqueue(query["client_id"] ?? "");
        context.Response.StatusCode = context.Request.Headers["X-IDENTITY-HEADER"] == Secret ? 200 : 401;
        context.Response.ContentType = "application/json";
        var end = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        await JsonSerializer.SerializeAsync(context.Response.OutputStream,
            new { access_token = Token(query["resource"]!, end), expires_on = $"{end}", resource = query["resource"], token_type = "Bearer" });
        context.Response.Close();
    }

    private static string Token(string audience, long end)
    {
        var start = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds();
        return $"{Part(new { alg = "none", typ = "JWT" })}.{Part(new { aud = audience, iss = "https://sts.windows.net/tenant/", iat = start, nbf = start, exp = end })}.bm9uZQ";
    }

    private static string Part(object value) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
