using BuildFunctions.Embedded.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ConverterTests
{
    private readonly Trail _trail = new();

    [Theory]
    [InlineData("/api/named/abc", "ABC")]
    [InlineData("/api/registered/abc", "shelf:abc null")]
    [InlineData("/api/changed/abc", "abc changed")]
    public async Task Converters_and_middleware_supply_arguments(string path, string answer)
    {
        await using var host = await StartAsync(_ => { });

        Assert.Equal(answer, await host.Client.GetStringAsync(path));
        Assert.Equal(path.Contains("named", StringComparison.Ordinal) ? ["converted"] : [], _trail.Steps);
    }

    [Fact]
    public async Task An_executor_of_the_app_stands_between_middleware_and_function()
    {
        await using var host = await StartAsync(services =>
        {
            var generated = services.Last(service => service.ServiceType == typeof(IFunctionExecutor)).ImplementationType!;
            services.AddSingleton(generated);
            services.AddSingleton<IFunctionExecutor>(provider => new NotingExecutor((IFunctionExecutor)provider.GetRequiredService(generated), _trail));
        });

        Assert.Equal("abc changed", await host.Client.GetStringAsync("/api/changed/abc"));
        Assert.Equal(["ConverterChanged in", "ConverterChanged out"], _trail.Steps);
    }

    private Task<TestHost> StartAsync(Action<IServiceCollection> configure) => TestHost.StartAsync(options =>
    {
        options.Types = [typeof(ConverterFunctions)];
        options.Configure = builder =>
        {
            builder.Services.AddSingleton(_trail);
            builder.Services.Configure<WorkerOptions>(worker => worker.InputConverters.Register<ShelfConverter>());
            builder.UseMiddleware(async (context, next) =>
            {
                var inputs = await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
                if (context.FunctionDefinition.Name == "ConverterChanged")
                {
                    inputs.Values[1] += " changed";
                }

                await next();
            });
            configure(builder.Services);
        };
    });
}
