using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Tests.Failover.Remote;

/// <summary>
/// A small build service on loopback. It outlives brokers, keeps to its contract and refuses what breaks it; each operation can be made to fail. Nothing is
/// really built: a run stands where <see cref="FirstState"/> or the test puts it, and its artifact is a page with the service's name.
/// </summary>
internal sealed class RemoteService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RemoteFault> _faults = new();
    private readonly ConcurrentDictionary<string, RemoteRun> _runs = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly WebApplication _app;
    private readonly string _name;

    private RemoteService(WebApplication app, string name) => (_app, _name) = (app, name);

    public Uri Address => new(_app.Urls.First());

    /// <summary>A second create with the same key gives the same run.</summary>
    public bool KnowsKeys { get; set; } = true;

    /// <summary>Whether an operation was called, whatever came of it.</summary>
    public bool Asked(string operation) => _asked.ContainsKey(operation);

    /// <summary>Calls that went wrong as they were told to.</summary>
    public int Faults { get; private set; }

    public bool HeedsCancel { get; set; } = true;

    public string FirstState { get; set; } = RemoteRun.Succeeded;

    public IReadOnlyCollection<RemoteRun> Runs => [.. _runs.Values];

    public IReadOnlyCollection<RemoteRun> Alive => [.. _runs.Values.Where(run => run.State == RemoteRun.Running)];

    /// <summary>What took effect, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public static async Task<RemoteService> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var service = new RemoteService(builder.Build(), name);
        service.Map();
        await service._app.StartAsync();
        return service;
    }

    public void Break(string operation, RemoteFault fault) => _faults[operation] = fault;

    public void BreakAll(RemoteFault fault)
    {
        foreach (var operation in (string[])["create", "list", "read", "cancel", "artifact", "delete"])
        {
            Break(operation, fault);
        }
    }

    public void Heal() => _faults.Clear();

    public void Put(RemoteRun run) => _runs[run.Id] = run;

    public void Move(string key, string state)
    {
        foreach (var run in Runs.Where(run => run.Key == key))
        {
            Put(run with { State = state });
        }
    }

    public void Lose(string key) => Array.ForEach([.. Runs.Where(run => run.Key == key)], run => _runs.TryRemove(run.Id, out _));

    /// <summary>Completes when something has taken effect.</summary>
    public async Task UntilAsync(Func<RemoteService, bool> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!reached(this))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapPost("/runs", (Delegate)((HttpContext http) => AnswerAsync(http, "create", () => Create(http.Request))));
        _app.MapGet("/runs", (HttpContext http, string broker) => AnswerAsync(http, "list", () => Results.Json(Runs.Where(run => run.Broker == broker))));
        _app.MapGet("/runs/{id}", (HttpContext http, string id) => AnswerAsync(http, "read", () => OneOf(id, run => Results.Json(run))));
        _app.MapPost("/runs/{id}/cancel", (HttpContext http, string id) => AnswerAsync(http, "cancel", () => OneOf(id, Cancel)));
        _app.MapGet("/runs/{id}/artifact", (HttpContext http, string id) => AnswerAsync(http, "artifact", () => OneOf(id, _ => Results.Bytes(TestSource.Page(_name)))));
        _app.MapDelete("/runs/{id}", (HttpContext http, string id) => AnswerAsync(http, "delete", () => OneOf(id, run => Results.StatusCode(_runs.TryRemove(run.Id, out _) ? 204 : 404))));
    }

    private IResult Create(HttpRequest request)
    {
        var (key, broker, token) = (request.Headers["Idempotency-Key"].ToString(), request.Headers["X-Broker"].ToString(), request.Headers["X-Token"].ToString());
        if (key.Length == 0 || broker.Length == 0 || token.Length == 0)
        {
            return Results.BadRequest("Idempotency-Key, X-Broker and X-Token are required");
        }

        if (KnowsKeys && Runs.FirstOrDefault(known => known.Key == key) is { } run)
        {
            return Results.Json(run);
        }

        var made = new RemoteRun($"{_name}-{Guid.NewGuid():N}", key, broker, token, FirstState, DateTimeOffset.UtcNow);
        Put(made);
        _calls.Enqueue($"create {key}");
        return Results.Json(made, statusCode: 201);
    }

    private IResult Cancel(RemoteRun run)
    {
        if (HeedsCancel && run.State == RemoteRun.Running)
        {
            Put(run with { State = RemoteRun.Cancelled });
            _calls.Enqueue($"cancel {run.Key}");
        }

        return Results.Accepted();
    }

    private IResult OneOf(string id, Func<RemoteRun, IResult> answer) => _runs.TryGetValue(id, out var run) ? answer(run) : Results.NotFound();

    private async Task<IResult> AnswerAsync(HttpContext http, string operation, Func<IResult> answer)
    {
        _asked[operation] = true;
        if (!_faults.TryGetValue(operation, out var fault))
        {
            return answer();
        }

        Faults++;
        if (fault.AfterEffect)
        {
            _ = answer();
        }

        if (fault.Status == 0)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (fault.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = $"{seconds}";
        }

        return Results.StatusCode(fault.Status == 0 ? 500 : fault.Status);
    }
}
