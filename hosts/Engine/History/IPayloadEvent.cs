namespace BuildFunctions.Engine.History;

/// <summary>An event with a text of any length, which storage may keep elsewhere.</summary>
internal interface IPayloadEvent
{
    string? Payload { get; }

    HistoryEvent With(string? payload);
}
