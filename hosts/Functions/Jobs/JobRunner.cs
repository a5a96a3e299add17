using BuildFunctions.FunctionsHost.Protocol;
using Newtonsoft.Json;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>Runs a job in the worker: its trigger's value goes there as the Functions host sends it, and what comes back goes to the extension.</summary>
internal sealed class JobRunner(WorkerSupervisor workers, DurableClients clients)
{
    // A worker that is being started again is worth waiting for; longer than this, and the extension should know.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerSettings _asWritten = new() { DateParseHandling = DateParseHandling.None };

    public async Task<object?> RunAsync(Function function, object? input)
    {
        var worker = await workers.ReadyAsync(_patience);
        if (!clients.TryGet(function, out var inputs))
        {
            throw new WorkerUnavailableException();
        }

        var value = await worker.InvokeAsync(Worker.NewId(), function.Name, [new() { Name = function.Trigger.Name, Data = Input(input!) }, .. inputs], []);
        return Output(value);
    }

    private static TypedData Input(object input) => input switch
    {
        TimerInfo timer => new() { Json = System.Text.Json.JsonSerializer.Serialize(new { Schedule = new { AdjustForDST = true }, timer.ScheduleStatus, timer.IsPastDue }) },
        _ => new() { String = (string)input },
    };

    private static object? Output(TypedData? value) => value?.DataCase switch
    {
        TypedData.DataOneofCase.String => value.String,
        TypedData.DataOneofCase.Json => JsonConvert.DeserializeObject(value.Json, _asWritten),
        TypedData.DataOneofCase.Bytes => value.Bytes.ToByteArray(),
        TypedData.DataOneofCase.Int => value.Int,
        TypedData.DataOneofCase.Double => value.Double,
        _ => null,
    };
}
