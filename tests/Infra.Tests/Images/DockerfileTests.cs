using System.Text.Json;
using System.Xml.Linq;
using BuildFunctions.Testing;

namespace BuildFunctions.Infra.Tests.Images;

/// <summary>What can be said of the images where their bases cannot be had.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] _known = ["ARG", "FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"];

    [Theory]
    [InlineData("Dockerfile", "mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0")]
    [InlineData("embedded.Dockerfile", "mcr.microsoft.com/dotnet/aspnet:10.0")]
    public void The_base_is_an_argument_with_the_official_image_as_its_default(string file, string image)
    {
        var instructions = Dockerfile.Read(file).Instructions;

        Assert.Equal(("ARG", $"BASE={image}"), instructions[0]);
        Assert.Equal(("FROM", "${BASE}"), instructions[1]);
        Assert.Single(instructions, instruction => instruction.Name == "FROM");
        Assert.All(instructions, instruction => Assert.Contains(instruction.Name, _known));
    }

    /// <summary>The context is what was published, all of it; no file of the repository is named.</summary>
    [Theory]
    [InlineData("Dockerfile", ". /home/site/wwwroot")]
    [InlineData("embedded.Dockerfile", ". .")]
    public void What_was_published_is_copied_whole(string file, string copy) => Assert.Equal(copy, Assert.Single(Dockerfile.Read(file).Of("COPY")));

    [Fact]
    public void The_Functions_host_finds_the_app_where_it_was_copied() =>
        Assert.Contains("AzureWebJobsScriptRoot=/home/site/wwwroot", Dockerfile.Read("Dockerfile").Last("ENV"), StringComparison.Ordinal);

    [Fact]
    public void The_embedded_broker_runs_without_rights_after_all_that_needs_them()
    {
        var names = Dockerfile.Read("embedded.Dockerfile").Instructions.Select(instruction => instruction.Name).ToList();

        Assert.Equal("${APP_UID}", Dockerfile.Read("embedded.Dockerfile").Last("USER"));
        Assert.True(names.LastIndexOf("RUN") < names.IndexOf("USER"));
        Assert.True(names.IndexOf("COPY") < names.IndexOf("USER"));
    }

    [Fact]
    public void The_embedded_broker_s_port_is_the_one_that_is_exposed_and_asked_for_health()
    {
        var file = Dockerfile.Read("embedded.Dockerfile");
        var port = file.Last("EXPOSE");

        Assert.Equal(["--urls", $"http://0.0.0.0:{port}"], JsonSerializer.Deserialize<string[]>(file.Last("CMD"))!);
        Assert.Contains($"http://127.0.0.1:{port}/readyz", file.Last("HEALTHCHECK"), StringComparison.Ordinal);
        Assert.Equal("/data", file.Last("VOLUME"));
        Assert.Contains("BF_DATA=/data ", file.Last("ENV"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_embedded_broker_s_program_is_the_one_that_its_project_makes()
    {
        var entry = Assert.Single(JsonSerializer.Deserialize<string[]>(Dockerfile.Read("embedded.Dockerfile").Last("ENTRYPOINT"))!);
        var project = XDocument.Load(Path.Combine(RepositoryRoot.Path, "hosts", "Embedded", "Embedded.csproj"));

        Assert.Equal("./BuildFunctions.Embedded", entry);
        Assert.Empty(project.Descendants("AssemblyName"));
    }
}
