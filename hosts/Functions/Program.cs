using BuildFunctions.FunctionsHost;

try
{
    var arguments = HostArguments.Parse(args, (string?)Environment.GetEnvironmentVariables()["AzureWebJobsScriptRoot"]);
    var app = new AppFolder(arguments.Folder);
    HostSettings.ApplyToEnvironment(app, arguments);
    var server = HostComposition.Build(arguments, app);
    await server.Services.GetRequiredService<HostLife>().RunAsync(server);
    return Environment.ExitCode;
}
catch (Exception fault)
{
    await Console.Error.WriteLineAsync(fault is HostStartException or IOException ? fault.Message : $"{fault}");
    return 1;
}
