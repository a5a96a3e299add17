using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Activities.Queue;

public sealed record SlotRequest(BuildId Build, AppName App, string Provider, int Priority, int Attempt);
