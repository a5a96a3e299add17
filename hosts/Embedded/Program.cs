using BuildFunctions.Embedded;
using BuildFunctions.Functions;

var builder = EmbeddedApplication.CreateBuilder(args, typeof(BrokerApp).Assembly).AddDurable();
await builder.AddBrokerApp(new EmbeddedAppHost(builder)).Build().RunAsync();
