using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Problems;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Wire;

/// <summary>The answers that API functions give.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) => Results.Json(value, type, statusCode: status);

    public static IResult Accepted<T>(string location, T value, JsonTypeInfo<T> type, HttpResponse response)
    {
        response.Headers.Location = location;
        return Results.Json(value, type, statusCode: StatusCodes.Status202Accepted);
    }

    public static IResult NoBuild(string id) => new ProblemResult(ProblemMapper.Of(ErrorCode.NotFound, NoBuildDetail(id)));

    public static string NoBuildDetail(string id) => $"There is no build '{id}'. 'bf list' shows what there is.";

    public static IResult NoApp(string app) => new ProblemResult(ProblemMapper.Of(ErrorCode.NotFound, $"There is no app '{app}'. 'bf apps' shows what there is."));

    public static IResult NotThere(string detail) => new ProblemResult(ProblemMapper.Of(ErrorCode.NotFound, detail));

    public static IResult Conflict(string state, string detail) => new ProblemResult(
        ProblemMapper.Of(ErrorCode.Conflict, detail, [("state", System.Text.Json.JsonSerializer.SerializeToElement(state))]));
}
