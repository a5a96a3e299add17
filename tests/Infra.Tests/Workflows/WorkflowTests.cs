using System.Text.RegularExpressions;
using BuildFunctions.Testing;
using YamlDotNet.RepresentationModel;

namespace BuildFunctions.Infra.Tests.Workflows;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileName(file))];

    private static string Folder { get; } = Path.Combine(RepositoryRoot.Path, ".github", "workflows");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_action_is_pinned_to_a_commit_with_its_version_beside_it(string file)
    {
        var uses = File.ReadLines(Path.Combine(Folder, file)).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_a_job_may_do_is_said_and_little(string file)
    {
        var workflow = Read(file);
        var top = Permissions(workflow) ?? throw new InvalidOperationException($"{file} names no permissions.");

        Assert.All(top, permission => Assert.Equal("read", permission.Value));
        Assert.All(Jobs(workflow), job => Assert.All(Permissions(job.Value) ?? [],
            permission => Assert.Contains($"{permission.Key}: {permission.Value}", (string[])["contents: read", "packages: write", "id-token: write"])));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_job_ends_by_itself(string file) =>
        Assert.All(Jobs(Read(file)), job => Assert.InRange(int.Parse(Text(job.Value, "timeout-minutes")!), 1, 90));

    /// <summary>What is put into a script before the shell reads it can be code, and a secret there ends in logs.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void No_expression_stands_in_a_script(string file)
    {
        var scripts = Steps(Read(file)).Select(step => Text(step, "run")).OfType<string>().ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Azure_is_entered_without_a_stored_password() =>
        Assert.DoesNotContain("secrets.", File.ReadAllText(Path.Combine(Folder, "publish.yml")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public void No_checkout_leaves_its_token_behind(string file) =>
        Assert.All(Steps(Read(file)).Where(step => Text(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
            step => Assert.Equal("false", Text((YamlMappingNode)step["with"], "persist-credentials")));

    /// <summary>Folders and files of this repository that scripts name.</summary>
    [Theory]
    [InlineData("ci.yml", ".ci/run")]
    [InlineData("ci.yml", "local.settings.sample.json")]
    [InlineData("ci.yml", "src/Functions")]
    [InlineData("ci.yml", "hosts/Embedded")]
    [InlineData("ci.yml", "infra/Dockerfile")]
    [InlineData("ci.yml", "infra/compose.yaml")]
    [InlineData("publish.yml", "infra/Dockerfile")]
    [InlineData("publish.yml", "infra/embedded.Dockerfile")]
    public void What_the_scripts_name_is_there(string file, string path)
    {
        Assert.Contains(path, File.ReadAllText(Path.Combine(Folder, file)), StringComparison.Ordinal);
        Assert.True(Path.Exists(Path.Combine(RepositoryRoot.Path, path)), path);
    }

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder, file));
        stream.Load(reader);
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static Dictionary<string, YamlMappingNode> Jobs(YamlMappingNode workflow) =>
        ((YamlMappingNode)workflow["jobs"]).Children.ToDictionary(job => job.Key.ToString(), job => (YamlMappingNode)job.Value);

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode workflow) =>
        Jobs(workflow).Values.SelectMany(job => ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>());

    private static Dictionary<string, string>? Permissions(YamlMappingNode node) =>
        node.Children.TryGetValue("permissions", out var permissions)
            ? ((YamlMappingNode)permissions).Children.ToDictionary(item => item.Key.ToString(), item => item.Value.ToString())
            : null;

    private static string? Text(YamlMappingNode node, string name) => node.Children.TryGetValue(name, out var value) ? value.ToString() : null;

    [GeneratedRegex(@"^\s*(- )?uses: [A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
