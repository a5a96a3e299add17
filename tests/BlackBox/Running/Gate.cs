namespace BuildFunctions.BlackBox.Running;

/// <summary>What a build waits for until the test lets it go on.</summary>
internal sealed class Gate(TestBroker broker)
{
    private readonly string _path = broker.NewPath("gate");

    /// <summary>The part of a build's command that waits.</summary>
    public string Wait => $"while [ ! -e '{_path}' ]; do sleep 0.05; done";

    public void Open() => File.WriteAllText(_path, "");
}
