using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Embedded.Timers;

/// <summary>The schedule of each timer function, its %Settings% looked up.</summary>
internal sealed partial class TimerSchedules
{
    private readonly Dictionary<FunctionDescriptor, TimerSchedule> _schedules = [];

    public TimerSchedules(IFunctionCatalog catalog, IConfiguration settings)
    {
        foreach (var function in catalog.Functions)
        {
            if (function.Trigger is TimerTriggerAttribute trigger)
            {
                Add(function, trigger.Schedule, settings);
            }
        }

        if (_schedules.Count > 0 && !TimerStorage.IsConfigured(settings))
        {
            Faults.Add("Timer functions need the setting AzureWebJobsStorage: UseDevelopmentStorage=true for Azurite, or a connection string.");
        }
    }

    public List<string> Faults { get; } = [];

    public IReadOnlyDictionary<FunctionDescriptor, TimerSchedule> All => _schedules;

    public TimerSchedule Of(FunctionDescriptor function) => _schedules[function];

    private void Add(FunctionDescriptor function, string text, IConfiguration settings)
    {
        var missing = Setting().Matches(text).Select(match => match.Groups[1].Value).Where(name => settings[name] is null).ToList();
        if (missing.Count > 0)
        {
            Faults.AddRange(missing.Select(name => $"Function {function}: its schedule '{text}' names the setting '{name}', which has no value."));
            return;
        }

        var resolved = Setting().Replace(text, match => settings[match.Groups[1].Value]!);
        if (TimerSchedule.Parse(resolved) is { } schedule)
        {
            _schedules.Add(function, schedule);
        }
        else
        {
            Faults.Add(
                $"Function {function}: '{resolved}' is not a schedule. Give six cron fields, seconds first (\"0 */5 * * * *\": every five minutes), " +
                "or a TimeSpan (\"00:05:00\").");
        }
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
