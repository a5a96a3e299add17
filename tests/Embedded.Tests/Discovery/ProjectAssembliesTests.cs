using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Testing;

namespace BuildFunctions.Embedded.Tests.Discovery;

public sealed class ProjectAssembliesTests
{
    [Fact]
    public void Only_projects_that_use_the_runtime_are_searched()
    {
        var found = ProjectAssemblies.Of(typeof(ProjectAssembliesTests).Assembly);

        Assert.Contains(typeof(ProjectAssembliesTests).Assembly, found);
        Assert.DoesNotContain(typeof(Azurite).Assembly, found);
        Assert.DoesNotContain(typeof(IFunctionCatalog).Assembly, found);
    }
}
