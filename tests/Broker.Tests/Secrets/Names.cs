using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Secrets;

internal static class Names
{
    public static AppName App(string name) => AppName.TryParse(name, out var app) ? app : throw new ArgumentException($"'{name}' is no app's name.");
}
