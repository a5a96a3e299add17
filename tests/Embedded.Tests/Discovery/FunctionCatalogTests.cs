using System.Collections.Immutable;
using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace BuildFunctions.Embedded.Tests.Discovery;

/// <summary>Metadata that the compiler would refuse to generate from this project, but an older one would not.</summary>
public sealed class FunctionCatalogTests
{
    private const string Http = """{"name":"request","type":"httpTrigger","direction":"In","methods":["get"]}""";

    [Fact]
    public void Functions_of_one_name_are_a_fault()
    {
        var catalog = Read(Describe("Same", "WaitAsync", Http), Describe("SAME", "WaitAsync", Http));

        Assert.Contains("The function name 'Same' is used by", Assert.Single(catalog.Faults));
    }

    [Fact]
    public void A_function_has_one_trigger()
    {
        var catalog = Read(Describe("None", "WaitAsync"), Describe("Two", "WaitAsync", Http, Http));

        Assert.Equal(2, catalog.Faults.Count);
        Assert.All(catalog.Faults, fault => Assert.Contains("exactly one parameter with a trigger attribute", fault));
        Assert.Empty(catalog.Functions);
    }

    [Fact]
    public void A_method_that_is_not_there_is_a_fault()
    {
        var catalog = Read(Describe("Gone", "GoneAsync", Http));

        Assert.Equal($"Function Gone ({typeof(WaitingFunctions).FullName}.GoneAsync): there is no such public method.", Assert.Single(catalog.Faults));
    }

    private static FunctionCatalog Read(params IFunctionMetadata[] functions) => new(new Listed(functions));

    private static DefaultFunctionMetadata Describe(string name, string method, params string[] bindings) => new()
    {
        Name = name,
        EntryPoint = $"{typeof(WaitingFunctions).FullName}.{method}",
        ScriptFile = Path.GetFileName(typeof(WaitingFunctions).Assembly.Location),
        RawBindings = [.. bindings],
    };

    private sealed class Listed(IFunctionMetadata[] functions) : IFunctionMetadataProvider
    {
        public Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) => Task.FromResult(functions.ToImmutableArray());
    }
}
