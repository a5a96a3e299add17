using System.Text.Json.Nodes;
using BuildFunctions.Testing;

namespace BuildFunctions.Infra.Tests.Templates;

public sealed class BicepTests
{
    private static readonly Dictionary<string, string> _roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    [LinuxFact]
    public async Task Nothing_is_to_be_said_against_the_files()
    {
        var lint = await Bicep.LintAsync("main.bicep");

        Assert.Equal("", lint.Output + lint.Errors);
        Assert.Equal(0, lint.ExitCode);
    }

    [LinuxFact]
    public async Task The_sample_of_parameters_fits_and_holds_no_secret()
    {
        var parameters = await Bicep.RunAsync("build-params", "main.bicepparam", ("SECRETS_PASSPHRASE", "from the environment alone"));

        Assert.Equal("", parameters.Errors);
        Assert.Contains("from the environment alone", parameters.Output, StringComparison.Ordinal);
        Assert.Contains("readEnvironmentVariable('SECRETS_PASSPHRASE')", await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "main.bicepparam")), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Every_parameter_and_every_output_is_described()
    {
        var template = await Bicep.TemplateAsync();

        Assert.All(template["parameters"]!.AsObject().Concat(template["outputs"]!.AsObject()), item => Assert.NotNull(item.Value!["metadata"]?["description"]));
    }

    [LinuxFact]
    public async Task No_module_comes_from_outside()
    {
        var modules = Directory.EnumerateFiles(Bicep.Folder, "*.bicep", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Where(line => line.StartsWith("module ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(modules);
        Assert.All(modules, module => Assert.Contains(" 'modules/", module, StringComparison.Ordinal));
        Assert.NotEmpty(Bicep.Resources(await Bicep.TemplateAsync()));
    }

    [LinuxFact]
    public async Task No_key_is_read_or_allowed()
    {
        var template = await Bicep.TemplateAsync();
        var storage = Properties(template, "Microsoft.Storage/storageAccounts");

        Assert.False(storage["allowSharedKeyAccess"]!.GetValue<bool>());
        Assert.True(Properties(template, "Microsoft.Insights/components")["DisableLocalAuth"]!.GetValue<bool>());
        Assert.All(["listKeys", "listAccountSas", "AccountKey", "SharedAccessSignature", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"],
            word => Assert.DoesNotContain(word, template.ToJsonString(), StringComparison.OrdinalIgnoreCase));
    }

    [LinuxFact]
    public async Task Storage_is_private_and_speaks_TLS_1_2()
    {
        var template = await Bicep.TemplateAsync();
        var storage = Properties(template, "Microsoft.Storage/storageAccounts");

        Assert.False(storage["allowBlobPublicAccess"]!.GetValue<bool>());
        Assert.True(storage["supportsHttpsTrafficOnly"]!.GetValue<bool>());
        Assert.Equal("TLS1_2", storage["minimumTlsVersion"]!.GetValue<string>());
        Assert.All(OfType(template, "Microsoft.Storage/storageAccounts/blobServices/containers"),
            container => Assert.Equal("None", container["properties"]!["publicAccess"]!.GetValue<string>()));
    }

    [LinuxFact]
    public async Task Both_plans_give_an_app_that_answers_https_alone_and_takes_no_password()
    {
        var template = await Bicep.TemplateAsync();
        var apps = OfType(template, "Microsoft.Web/sites").Where(site => site["existing"] is null).ToList();

        Assert.Equal(["FC1", "EP1"], OfType(template, "Microsoft.Web/serverfarms").Select(plan => plan["sku"]!["name"]!.GetValue<string>()));
        Assert.Equal(2, apps.Count);
        Assert.All(apps, app =>
        {
            Assert.True(app["properties"]!["httpsOnly"]!.GetValue<bool>());
            Assert.Equal("1.2", app["properties"]!["siteConfig"]!["minTlsVersion"]!.GetValue<string>());
            Assert.Equal("Disabled", app["properties"]!["siteConfig"]!["ftpsState"]!.GetValue<string>());
            Assert.Equal("UserAssigned", app["identity"]!["type"]!.GetValue<string>());
        });
        var passwords = OfType(template, "Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();
        Assert.Equal(4, passwords.Count);
        Assert.All(passwords, way => Assert.False(way["properties"]!["allow"]!.GetValue<bool>()));
    }

    [LinuxFact]
    public async Task The_identity_has_the_roles_that_the_app_needs_and_no_other()
    {
        var template = await Bicep.TemplateAsync();
        var assignments = OfType(template, "Microsoft.Authorization/roleAssignments").ToList();
        var text = template.ToJsonString();

        Assert.All(_roles.Keys, role => Assert.Contains(role, text, StringComparison.Ordinal));
        // Those of storage are one resource, repeated for the roles in a variable.
        Assert.Equal(3, assignments.Count);
        Assert.Single(assignments, assignment => assignment["copy"] is not null);
        Assert.All(assignments, assignment => Assert.Equal("ServicePrincipal", assignment["properties"]!["principalType"]!.GetValue<string>()));
        Assert.All(assignments, assignment => Assert.NotNull(assignment["scope"]));
        var named = Guids(text);
        Assert.Equal(_roles.Keys.Order(), named);
    }

    [LinuxFact]
    public async Task The_settings_name_the_account_and_the_identity_and_point_at_the_vault()
    {
        var settings = Properties(await Bicep.TemplateAsync(), "Microsoft.Web/sites/config").ToJsonString();

        Assert.All(
            ["'AzureWebJobsStorage__accountName'", "'AzureWebJobsStorage__credential'", "'managedidentity'", "'AzureWebJobsStorage__clientId'", "'APPLICATIONINSIGHTS_CONNECTION_STRING'",
                "Authorization=AAD", "'Broker__Url'", "'Sites__Domain'", "'Secrets__Passphrase'", "@Microsoft.KeyVault(SecretUri="],
            item => Assert.Contains(item, settings.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    /// <summary>Flex Consumption refuses these settings; Premium does not start without them.</summary>
    [LinuxFact]
    public async Task Premium_alone_gets_the_settings_of_the_runtime()
    {
        var template = await Bicep.TemplateAsync();
        var settings = template["resources"]!["settings"]!["properties"]!["parameters"]!["planSettings"]!.GetValue<string>();

        Assert.StartsWith("[if(equals(parameters('plan'), 'flex'), createObject('value', createObject()), ", settings, StringComparison.Ordinal);
        Assert.All(["FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID"],
            name => Assert.Contains(name, settings, StringComparison.Ordinal));
        Assert.DoesNotContain("FUNCTIONS_", OfType(template, "Microsoft.Web/sites/config").Single().ToJsonString(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task The_package_of_Flex_is_fetched_with_the_identity()
    {
        var app = OfType(await Bicep.TemplateAsync(), "Microsoft.Web/sites").Single(site => site["properties"]?["functionAppConfig"] is not null);
        var configuration = app["properties"]!["functionAppConfig"]!;

        Assert.Equal("UserAssignedIdentity", configuration["deployment"]!["storage"]!["authentication"]!["type"]!.GetValue<string>());
        Assert.Equal("dotnet-isolated", configuration["runtime"]!["name"]!.GetValue<string>());
        Assert.Equal("10.0", configuration["runtime"]!["version"]!.GetValue<string>());
    }

    [LinuxFact]
    public async Task The_guide_names_parameters_and_outputs_that_there_are()
    {
        var template = await Bicep.TemplateAsync();
        var guide = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "deploy.md"));

        Assert.All(template["parameters"]!.AsObject(), parameter => Assert.Contains($"`{parameter.Key}`", guide, StringComparison.Ordinal));
        Assert.All(template["outputs"]!.AsObject(), output => Assert.Contains($"`{output.Key}`", guide, StringComparison.Ordinal));
    }

    private static string[] Guids(string text) =>
        [.. System.Text.RegularExpressions.Regex.Matches(text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").Select(match => match.Value).Distinct().Order()];

    private static IEnumerable<JsonNode> OfType(JsonNode template, string type) => Bicep.Resources(template).Where(resource => resource["type"]!.GetValue<string>() == type);

    private static JsonNode Properties(JsonNode template, string type) => OfType(template, type).Single()["properties"]!;
}
