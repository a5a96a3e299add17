namespace BuildFunctions.Cli.Commands;

internal sealed record SignIn(string Url, string File);
