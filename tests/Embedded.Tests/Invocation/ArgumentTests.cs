using BuildFunctions.Embedded.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ArgumentTests
{
    [Fact]
    public async Task Middleware_changes_arguments_and_an_executor_of_the_app_stands_between_it_and_the_function()
    {
        var trail = new Trail();
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Types = [typeof(ChangedFunctions)];
            options.Configure = builder =>
            {
                builder.UseMiddleware(async (context, next) =>
                {
                    (await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context)).Values[1] += " changed";
                    await next();
                });
                var generated = builder.Services.Last(service => service.ServiceType == typeof(IFunctionExecutor)).ImplementationType!;
                builder.Services.AddSingleton(generated);
                builder.Services.AddSingleton<IFunctionExecutor>(
                    provider => new NotingExecutor((IFunctionExecutor)provider.GetRequiredService(generated), trail));
            };
        });

        Assert.Equal("abc changed", await host.Client.GetStringAsync("/api/changed/abc"));
        Assert.Equal(["Changed in", "Changed out"], trail.Steps);
    }
}
