using Azure.Storage.Blobs;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Engine.Tests;

public sealed class UntakenHubTests
{
    [Fact]
    public async Task A_process_that_cannot_take_its_hub_ends_with_a_code_that_has_it_started_again()
    {
        var storage = (await Azurite.SharedAsync()).ConnectionString;
        var container = new BlobContainerClient(storage, "untaken-emb");
        await container.CreateIfNotExistsAsync();
        await container.GetBlobClient("owner").UploadAsync(BinaryData.FromString("damaged"), overwrite: true);

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("AzureWebJobsStorage", storage), new("AzureFunctionsJobHost:extensions:durableTask:hubName", "Untaken")]);
        builder.Services.AddSingleton<DataConverter>(JsonDataConverter.Default).AddSingleton<ITaskCatalog>(new TestTasks()).AddEmbeddedEngine();
        using var host = builder.Build();
        var before = Environment.ExitCode;
        try
        {
            await host.RunAsync(TestHub.Soon);
            Assert.Equal(75, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }
}
