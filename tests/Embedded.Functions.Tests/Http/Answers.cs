using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Functions.Tests.Http;

public sealed class Answers
{
    [HttpResult]
    public required IActionResult Http { get; init; }

    public string? Message { get; init; }
}
