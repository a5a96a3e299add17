using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Credentials;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Sessions;

/// <summary>One run of one command: what was given, and what it may use.</summary>
internal sealed class Invocation(Session session, ParseResult given)
{
    public Shell Shell => session.Shell;

    public Terminal Terminal => session.Shell.Terminal;

    public bool Json => given.GetValue(session.Json);

    public T? Get<T>(Option<T> option) => given.GetValue(option);

    public T Get<T>(Argument<T> argument) => given.GetValue(argument)!;

    public bool Has(Option option) => given.GetResult(option) is { Implicit: false };

    /// <summary>For what is said when the command fails.</summary>
    public void IsAbout(BuildId build) => session.Subject = build.ToString();

    public BrokerAddress Address() => new CredentialFiles(Shell.Environment).Find(given.GetValue(session.Broker));

    public BrokerClient Connect() => Connect(Address());

    public BrokerClient Connect(BrokerAddress address)
    {
        if (address.IsExposed)
        {
            Terminal.Say($"Warning: {address} is not encrypted; others on the way can read the token.");
        }

        return new BrokerClient(new BrokerHttp(address, Shell.Patience, Shell.Time, Terminal.Say));
    }

    /// <summary>The document where one was asked for, else what people read.</summary>
    public ExitCode Show<T>(T value, JsonTypeInfo<T> type, Action<Terminal> show)
    {
        if (Json)
        {
            Terminal.Data(JsonSerializer.Serialize(value, type));
        }
        else
        {
            show(Terminal);
        }

        return ExitCode.Ok;
    }

    public DirectoryInfo Folder(string? given)
    {
        var folder = new DirectoryInfo(Path.GetFullPath(given ?? ".", Shell.Directory));
        return folder.Exists ? folder : throw new UsageException($"There is no folder {folder.FullName}.");
    }
}
