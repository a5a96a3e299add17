using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class Answers
{
    [HttpResult]
    public required IActionResult Http { get; init; }

    public string? Message { get; init; }
}
