namespace BuildFunctions.Embedded.Discovery;

/// <summary>The start-up classes that the Worker SDK generates into an app: they register its list of functions and their executor.</summary>
internal static class GeneratedStartup
{
    public static void Run(Assembly app, IHostBuilder builder)
    {
        foreach (var type in app.GetExportedTypes())
        {
            if (type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAutoConfigureStartup)))
            {
                ((IAutoConfigureStartup)Activator.CreateInstance(type)!).Configure(builder);
            }
        }
    }
}
