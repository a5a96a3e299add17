using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Cli.Commands;

internal sealed class DeliveriesCommand : BfCommand
{
    private readonly Argument<string> _webhook = Given.Webhook();

    public DeliveriesCommand(Session session)
        : base("deliveries", "List what was sent to a webhook", session) => Arguments.Add(_webhook);

    /// <summary>How the last try went.</summary>
    public static string Outcome(WebhookDelivery delivery) => delivery.Tries is [.., var last] ? last.Status is { } status ? $"{status} in {last.Duration:0.00} s" : last.Error ?? "" : "";

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var deliveries = await broker.DeliveriesAsync(await run.FindWebhookAsync(broker, run.Get(_webhook), interrupted), interrupted);
        return run.Show(deliveries, ContractsJson.Default.WebhookDeliveryArray, terminal =>
        {
            var listing = new Listing("Delivery", "Event", Column.Extra("When"), "State", Column.Extra("Tries"), Column.Text("Last"));
            foreach (var delivery in deliveries)
            {
                listing.Add(delivery.Id, delivery.Event, Measure.Ago(delivery.At, run.Shell.Time.GetUtcNow()), delivery.State, $"{delivery.Tries.Count}", Outcome(delivery));
            }

            listing.Write(terminal);
        });
    }
}
