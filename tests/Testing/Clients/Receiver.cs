using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Testing.Clients;

/// <summary>Somebody's server that takes deliveries and checks their signatures.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<(string Id, WebhookMessage Message)> _taken = Channel.CreateUnbounded<(string, WebhookMessage)>();
    private readonly ConcurrentQueue<int> _answers = new();
    private WebApplication? _app;

    public string Url => _app!.Urls.First() + "/hook";

    public string? Secret { get; set; }

    public static async Task<Receiver> StartAsync(params int[] answers)
    {
        var receiver = new Receiver();
        receiver.AnswerWith(answers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver._app = builder.Build();
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public void AnswerWith(params int[] answers) => Array.ForEach(answers, _answers.Enqueue);

    public async Task<(string Id, WebhookMessage Message)> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await _taken.Reader.ReadAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var id = context.Request.Headers["webhook-id"].ToString();
        var signed = Encoding.UTF8.GetBytes($"{id}.{context.Request.Headers["webhook-timestamp"]}.{body}");
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret!["whsec_".Length..]), signed));
        if (context.Request.Headers["webhook-signature"] != expected)
        {
            context.Response.StatusCode = 403;
            return;
        }

        context.Response.StatusCode = _answers.TryDequeue(out var status) ? status : 200;
        await context.Response.WriteAsync($"thanks, {Secret}\n\u001b[31m");
        _taken.Writer.TryWrite((id, JsonSerializer.Deserialize(body, ContractsJson.Default.WebhookMessage)!));
    }
}
