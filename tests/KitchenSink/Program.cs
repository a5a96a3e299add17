using KitchenSink;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A first line on standard output, as an app prints a first token.
Console.WriteLine("Printed by the worker before anything else.");
var builder = FunctionsApplication.CreateBuilder(args);
if (builder.Configuration["Missing"] is { } missing)
{
    throw new InvalidOperationException($"The setting {missing} is missing.");
}

builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton<Happenings>();
await builder.Build().RunAsync();
