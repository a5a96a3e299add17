using System.Text.Json;

namespace BuildFunctions.EndToEnd.Tests.Secrets;

/// <summary>An app whose build prints all that it was given in every way it can think of, its callback token too, and says the token outside.</summary>
public sealed class LeakyApp
{
    private readonly string _gate;

    public LeakyApp(string scratch, string name, string ending = "")
    {
        Name = name;
        Folder = Path.Combine(scratch, name);
        _gate = Path.Combine(scratch, $"{name}.gate");
        TokenFile = Path.Combine(scratch, $"{name}.token");
        RunningFile = Path.Combine(scratch, $"{name}.running");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "app.json"), JsonSerializer.Serialize(new { name, build = new { command = "node make.js", output = "out", secrets = Secrets } }));
        File.WriteAllText(Path.Combine(Folder, "make.js"), Script.Replace("GATE", _gate).Replace("TOKEN_FILE", TokenFile).Replace("RUNNING", RunningFile).Replace("ENDING", ending));
    }

    public static string[] Secrets { get; } = ["ODD", "LINES", "PLAIN", "SHARED"];

    public string Name { get; }

    public string Folder { get; }

    public string TokenFile { get; }

    public string RunningFile { get; }

    public void Open() => File.WriteAllText(_gate, "");

    private const string Script = """
        const fs = require('fs');
        const sleep = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
        const say = text => fs.writeSync(1, text);
        const authorization = fs.readFileSync('../control/authorization', 'utf8').trim();
        const token = authorization.split(' ')[2];
        fs.writeFileSync('TOKEN_FILE', token);
        const secrets = ['ODD', 'LINES', 'PLAIN', 'SHARED'].map(name => process.env[name]).concat(token);
        const leak = secret => {
          const bytes = Buffer.from(secret);
          say(`raw ${secret}\n`);
          for (const before of ['', 'x', 'xy']) {
            const base64 = Buffer.from(before + secret + 'tail').toString('base64');
            say(`base64 ${base64}\nurl-safe ${base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}\n`);
          }
          say(`wrapped ${bytes.toString('base64').replace(/.{76}/g, '$&\n')}\nwrapped ${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n`);
          say(`hex ${bytes.toString('hex')} ${bytes.toString('hex').toUpperCase()}\n`);
          say(`url ${encodeURIComponent(secret)} ${new URLSearchParams({ secret })}\n`);
          say(`json ${JSON.stringify(secret)} shell '${secret.replaceAll("'", "'\\''")}'\n`);
          fs.writeSync(1, Buffer.from(secret, 'utf16le'));
          say('\n');
          fs.writeSync(1, Buffer.from(secret, 'utf16le').swap16());
          say(`\ncolours ${[...secret].join('\x1b[31m')}\x1b[0m\nreturns ${[...secret].join('\r')}\r\n`);
          for (let i = 0; i < secret.length; i += 5) { say(secret.slice(i, i + 5)); sleep(8); }
          say('\n');
        };
        secrets.forEach(leak);
        say(JSON.stringify(process.env, null, 2) + '\n');
        fs.writeFileSync('RUNNING', '');
        while (!fs.existsSync('GATE')) sleep(20);
        secrets.forEach(leak);
        ENDING
        fs.mkdirSync('out');
        fs.writeFileSync('out/index.html', '<h1>made</h1>');
        say(`no newline ${process.env.PLAIN}`);

        """;
}
