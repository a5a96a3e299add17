using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Activities.Queue;

public sealed record SlotRequest(BuildId Build, string Provider, int Priority, int Attempt);
