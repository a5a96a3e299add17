using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on a schedule: six cron fields, or a TimeSpan; %Setting% is looked up.</summary>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; } = schedule;

    public bool RunOnStartup { get; set; }

    /// <summary>Keeps the schedule's state in storage, so that a run missed while no host was up is made up for. Default: true.</summary>
    public bool UseMonitor { get; set; } = true;
}
