using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Limits;

internal sealed class ValidateRateLimits : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options) =>
        options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
