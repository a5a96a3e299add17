using BuildFunctions.Embedded.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "/api/none", 404)]
    [InlineData("DELETE", "/api/things", 405)]
    public async Task The_apps_own_problem_service_writes_the_document(string method, string path, int status)
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Types = [typeof(RouteFunctions)];
            options.Configure = builder => builder.Services.AddSingleton<IProblemDetailsService, OwnProblems>();
        });

        using var response = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"own {status}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_function_that_answers_404_without_a_body_is_left_alone()
    {
        await using var host = await TestHost.StartAsync<EmptyAnswerFunctions>();

        using var response = await host.Client.GetAsync("/api/Missing");

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }
}
