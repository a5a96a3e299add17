namespace BuildFunctions.Broker.Deployments;

public enum SwitchReason
{
    Build,
    Promote,
    Rollback,
    Repair,
}
