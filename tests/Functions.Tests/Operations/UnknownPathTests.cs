using BuildFunctions.Functions.Catalog;

namespace BuildFunctions.Functions.Tests.Operations;

public sealed class UnknownPathTests
{
    private readonly EndpointCatalog _catalog = new();

    [Theory]
    [InlineData("/api/builds", "GET POST")]
    [InlineData("/api/builds/bld_1/cancel", "POST")]
    [InlineData("/API/Builds/bld_1/LOGS", "GET")]
    [InlineData("/healthz", "GET HEAD")]
    [InlineData("/sites/shop/deep/page.html", "GET HEAD")]
    [InlineData("/api/builds/bld_1/nothing", "")]
    [InlineData("/api", "")]
    [InlineData("/no/where", "")]
    public void The_catalog_knows_what_may_be_sent_to_a_path(string path, string methods) =>
        Assert.Equal(methods, string.Join(' ', _catalog.MethodsAt(path).Select(method => method.ToUpperInvariant()).Order(StringComparer.Ordinal)));
}
