using Microsoft.AspNetCore.Routing;

namespace BuildFunctions.Embedded;

/// <summary>Endpoints beside the app's HTTP functions, outside the route prefix; registered as a service.</summary>
public interface IEndpointExtension
{
    void Map(IEndpointRouteBuilder endpoints);
}
