using BuildFunctions.Embedded;
using BuildFunctions.Embedded.Hosting;
using BuildFunctions.Functions;

var builder = new EmbeddedApplicationBuilder(new HostSources { Args = args, App = typeof(BrokerApp).Assembly }).AddDurable();
await builder.AddBrokerApp(new EmbeddedAppHost(builder)).Build().RunAsync();
