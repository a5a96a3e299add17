using System.Net;
using BuildFunctions.Embedded.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class MiddlewareTests
{
    private readonly Trail _trail = new();

    [Fact]
    public async Task Middleware_runs_in_the_order_it_was_added_around_a_fresh_instance_in_one_scope()
    {
        await using (var host = await StartAsync())
        {
            Assert.Equal("noted", await host.Client.GetStringAsync("/api/Scoped"));
            Assert.Equal("noted", await host.Client.GetStringAsync("/api/Scoped"));
        }

        string[] once = ["outer in", "inner in", "function, call 1, same scope True", "inner out", "outer out", "scope disposed"];
        Assert.Equal([.. once, .. once], _trail.Steps);
    }

    [Fact]
    public async Task Middleware_can_answer_instead_of_the_function()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/api/Scoped?stop");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["outer in"], _trail.Steps);
    }

    [Fact]
    public async Task Middleware_sees_what_the_function_throws()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/api/Failing");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(options =>
    {
        options.Types = [typeof(ScopedFunctions)];
        options.Configure = builder =>
        {
            builder.Services.AddSingleton(_trail);
            builder.Services.AddScoped<ScopedPart>();
            builder.UseMiddleware<OuterMiddleware>();
            builder.UseMiddleware(async (context, next) =>
            {
                _trail.Add("inner in");
                context.Items["note"] = "noted";
                await next();
                _trail.Add("inner out");
            });
        };
    });
}
