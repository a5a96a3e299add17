using BuildFunctions.FunctionsHost;

try
{
    var arguments = HostArguments.Parse(args, (string?)Environment.GetEnvironmentVariables()["AzureWebJobsScriptRoot"]);
    var app = new AppFolder(arguments.Folder);
    HostSettings.ApplyToEnvironment(app, arguments);
    await HostComposition.Build(arguments, app).RunAsync();
    return Environment.ExitCode;
}
catch (HostStartException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
