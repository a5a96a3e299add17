using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Webhooks;

/// <summary>Somebody is about to promote or roll back an app, and it is to be told.</summary>
/// <param name="Row">Tells it from others of the same app.</param>
public sealed record SwitchNote(AppName App, string Row, DateTimeOffset At);
