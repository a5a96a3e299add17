using BuildFunctions.Broker.Hosting;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Sites;

/// <summary>The addresses of deployed apps as people are given them.</summary>
public sealed class SiteUrls(SiteHosts hosts, BrokerUrl broker)
{
    public string Live(AppName app) => hosts.Url(broker.Value, new SiteAddress(app, null)).ToString();

    public string Deployment(AppName app, DeploymentId deployment) => hosts.Url(broker.Value, new SiteAddress(app, deployment)).ToString();
}
