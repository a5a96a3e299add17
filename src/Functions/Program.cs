using BuildFunctions.Activities.Failures;
using BuildFunctions.Functions;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Operations;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Sites;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<SiteHostMiddleware>();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<AccessMiddleware>();
builder.UseMiddleware<ActivityFailureMiddleware>();

builder.Services.AddBrokerStorage(builder.Configuration);
builder.Services.AddBroker(builder.Configuration);
builder.Services.AddOperations();
builder.Services.AddHostedService<LocalCredentials>();

await builder.Build().RunAsync();
