using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Cli.Tests.Fakes;

/// <summary>The log of a build, as text or as events; whoever follows it to its end sees the build end.</summary>
internal sealed class FakeLog(FakeBroker broker)
{
    public async Task AnswerAsync(HttpContext context, FakeBuild build)
    {
        if (context.Request.Headers.Accept != "text/event-stream")
        {
            await TextAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var from = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? long.Parse(last) : 0;
        var building = build.Record with { Status = BuildStatus.Running, Phase = BuildPhase.Building, Provider = "local", Attempt = 1 };
        await SendAsync(context, BuildStreamEvent.Status, null, JsonSerializer.Serialize(building, ContractsJson.Default.Build));
        long offset = 0;
        foreach (var piece in broker.Log)
        {
            offset += Encoding.UTF8.GetByteCount(piece);
            if (offset <= from)
            {
                continue;
            }

            await SendAsync(context, BuildStreamEvent.Log, offset, JsonSerializer.Serialize(piece, ContractsJson.Default.String));
            if (broker.BrokenStreams > 0)
            {
                broker.BrokenStreams--;
                context.Abort();
                return;
            }
        }

        broker.Holding.TrySetResult();
        await broker.Hold.WaitAsync(context.RequestAborted);
        var final = Final(building);
        await SendAsync(context, BuildStreamEvent.Status, null, JsonSerializer.Serialize(building with { Phase = BuildPhase.Deploying, Duration = 47, ArtifactSize = final.ArtifactSize }, ContractsJson.Default.Build));
        broker.Builds[build.Record.Id] = build with { Record = final };
        await SendAsync(context, BuildStreamEvent.End, null, JsonSerializer.Serialize(final, ContractsJson.Default.Build));
    }

    private Build Final(Build building) => broker.Ending(building with
    {
        Status = BuildStatus.Success,
        Phase = BuildPhase.Done,
        Duration = 47,
        ArtifactSize = 2_300_000,
        Deployment = DeploymentId.Create(DateTimeOffset.UnixEpoch, new byte[10]),
        Url = $"http://127.0.0.1:7071/sites/{building.App}/",
    });

    private async Task TextAsync(HttpContext context)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(broker.Log));
        var from = int.Parse(context.Request.Query["from"].FirstOrDefault() ?? "0");
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length - from;
        if (broker.BrokenStreams > 0)
        {
            broker.BrokenStreams--;
            await context.Response.Body.WriteAsync(bytes.AsMemory(from, (bytes.Length - from) / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(from));
    }

    private static async Task SendAsync(HttpContext context, string name, long? id, string data)
    {
        await context.Response.WriteAsync($": comment\nevent: {name}\n{(id is null ? "" : $"id: {id}\n")}data: {data}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
