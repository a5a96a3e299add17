using System.Text.Json;
using BuildFunctions.Testing;
using YamlDotNet.RepresentationModel;

namespace BuildFunctions.Infra.Tests.Images;

public sealed class ComposeTests
{
    private static readonly YamlMappingNode _file = Read();

    private static YamlMappingNode Broker => Service("broker");

    private static YamlMappingNode Azurite => Service("azurite");

    [Fact]
    public void Azurite_is_the_version_that_the_tests_use()
    {
        var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "package.json")));
        var version = package.RootElement.GetProperty("devDependencies").GetProperty("azurite").GetString();

        Assert.Equal($"${{AZURITE_IMAGE:-mcr.microsoft.com/azure-storage/azurite:{version}}}", Azurite["image"].ToString());
    }

    [Fact]
    public void The_broker_is_built_from_its_own_file_and_waits_for_storage()
    {
        var build = (YamlMappingNode)Broker["build"];
        var context = Path.Combine(RepositoryRoot.Path, "infra", build["context"].ToString());

        Assert.True(File.Exists(Path.GetFullPath(build["dockerfile"].ToString(), context)));
        Assert.Equal("service_healthy", Broker["depends_on"]["azurite"]["condition"].ToString());
        Assert.NotEmpty(((YamlSequenceNode)Azurite["healthcheck"]["test"]).Children);
    }

    [Fact]
    public void Both_keep_what_they_know_in_volumes_that_are_declared()
    {
        var declared = ((YamlMappingNode)_file["volumes"]).Children.Keys.Select(name => name.ToString()).ToList();

        Assert.Equal(["storage:/data"], Items(Azurite, "volumes"));
        Assert.Equal(["broker:/data"], Items(Broker, "volumes"));
        Assert.Equal(["storage", "broker"], declared);
        Assert.Contains("--location /data ", Azurite["command"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_this_machine_reaches_the_broker_and_nobody_the_storage()
    {
        Assert.StartsWith("127.0.0.1:", Assert.Single(Items(Broker, "ports")), StringComparison.Ordinal);
        Assert.EndsWith(":8080", Assert.Single(Items(Broker, "ports")), StringComparison.Ordinal);
        Assert.False(Azurite.Children.ContainsKey("ports"));
    }

    [Fact]
    public void Storage_is_addressed_by_the_name_of_its_service()
    {
        var storage = Broker["environment"]["AzureWebJobsStorage"].ToString();

        Assert.All(["BlobEndpoint=http://azurite:10000/", "QueueEndpoint=http://azurite:10001/", "TableEndpoint=http://azurite:10002/"],
            endpoint => Assert.Contains(endpoint, storage, StringComparison.Ordinal));
    }

    private static YamlMappingNode Service(string name) => (YamlMappingNode)_file["services"][name];

    private static IEnumerable<string> Items(YamlMappingNode node, string name) => ((YamlSequenceNode)node[name]).Children.Select(item => item.ToString());

    private static YamlMappingNode Read()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(RepositoryRoot.Path, "infra", "compose.yaml"));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }
}
