using BuildFunctions.Broker.Tokens;
using BuildFunctions.Functions;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Operations;
using BuildFunctions.Functions.Problems;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<AccessMiddleware>();

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddBrokerStorage(builder.Configuration);
builder.Services.AddSingleton<TokenStore>();
builder.Services.AddOperations();

await builder.Build().RunAsync();
