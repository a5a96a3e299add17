using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Hosting;

public sealed class FaultyFunctions
{
    [Function("FirstRoute")]
    public static IResult FirstRoute([HttpTrigger("get", Route = "a/{x}")] HttpRequest request) => Results.Ok();

    [Function("SameRoute")]
    public static IResult SameRoute([HttpTrigger("GET", "put", Route = "A/{y}")] HttpRequest request) => Results.Ok();

    [Function("BadTemplate")]
    public static IResult BadTemplate([HttpTrigger("get", Route = "c/{x")] HttpRequest request) => Results.Ok();

    [Function("BadConstraint")]
    public static IResult BadConstraint([HttpTrigger("get", Route = "d/{x:number}")] HttpRequest request, string x) => Results.Ok();

    [Function("Unbound")]
    public static IResult Unbound([HttpTrigger("get", Route = "e")] HttpRequest request, string shop) => Results.Ok();

    [Function("NotARequest")]
    public static IResult NotARequest([HttpTrigger("get", Route = "f")] string body) => Results.Ok();

    [Function("NotAwaited")]
    public static ValueTask NotAwaited([HttpTrigger("get", Route = "h")] HttpRequest request) => default;

    [Function("BadCron")]
    public static void BadCron([TimerTrigger("every day")] TimerInfo timer)
    {
    }

    [Function("NoSetting")]
    public static void NoSetting([TimerTrigger("%Sweep%")] TimerInfo timer)
    {
    }

    [Function("NobodyServes")]
    public static void NobodyServes([NobodysTrigger] string value)
    {
    }
}
