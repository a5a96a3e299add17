using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Webhooks;

public static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookOptions options) => services
        .AddSingleton(options)
        .AddSingleton<WebhookStore>()
        .AddSingleton<SwitchNotes>()
        .AddSingleton<Webhooks>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<Announcer>();
}
