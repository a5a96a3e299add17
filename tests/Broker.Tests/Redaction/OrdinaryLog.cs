using System.Text;

namespace BuildFunctions.Broker.Tests.Redaction;

/// <summary>Lines as package managers, compilers, bundlers and CI machines write them, with names, hashes and numbers made up from a
/// seed.</summary>
internal sealed class OrdinaryLog(int seed)
{
    private static readonly string[] _words =
    [
        "config", "update", "notifier", "package", "registry", "lifecycle", "token", "access", "rotation", "policy", "service", "account",
            "region", "production", "deploy",
        "cache", "version", "module", "resolver", "transform", "checksum", "integrity", "environment", "variable", "workspace",
            "dependency", "optional", "compiler",
    ];

    private static readonly string[] _prefixes =
    [
        "npm_", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "glrt-", "sk_live_", "rk_live_", "dop_v1_", "shpat_",
            "rubygems_", "dckr_pat_", "xoxb-", "xoxp-", "xapp-",
        "AKIA", "ASIA", "AIza", "dapi", "sk-proj-", "pypi-", "FlyV1 ", "eyJhbGciOiJ", "_authToken=", "AccountKey=", "SharedAccessKey=",
    ];

    private readonly Random _random = new(seed);

    public IEnumerable<string> Lines(int count)
    {
        Func<string>[] tools =
        [
            .. Npm(), .. Bundlers(), .. Compilers(), .. Machines(), .. Lookalikes(),
        ];
        for (var line = 0; line < count; line++)
        {
            yield return tools[line % tools.Length]();
        }
    }

    private IEnumerable<Func<string>> Npm() =>
    [
        () => $"npm_config_{Names('_')}={Word()}",
        () => $"npm_package_dependencies_{Names('_')}=^{Number(20)}.{Number(9)}.{Number(30)}",
        () => $"npm_lifecycle_script={Word()} build --{Names('-')}",
        () => $"npm WARN deprecated {Word()}-{Word()}@{Number(9)}.0.{Number(99)}: use {Names('-')} instead",
        () => $"npm http fetch GET 200 https://registry.npmjs.org/@{Word()}%2f{Word()} {Number(900)}ms (cache miss)",
        () => $"    \"integrity\": \"sha512-{Base64(64)}\",",
        () => $"\"resolved\" \"https://registry.yarnpkg.com/{Word()}/-/{Word()}-1.{Number(9)}.0.tgz#{Hex(40)}\"",
        () => $"➤ YN0013: │ {Word()}@npm:{Number(9)}.{Number(9)}.0 can't be found in the cache and will be fetched",
        () => $" WARN  {Number(40)} deprecated subdependencies found: {Word()}@{Number(9)}.2.{Number(20)}",
        () => $"//registry.npmjs.org/:_authToken=${{NPM_TOKEN}}",
    ];

    private IEnumerable<Func<string>> Bundlers() =>
    [
        () => $"dist/assets/{Word()}-{Url(8)}.js   {Number(900)}.{Number(99)} kB │ gzip: {Number(90)}.{Number(99)} kB",
        () => $"//# sourceMappingURL=data:application/json;charset=utf-8;base64,{Json($$"""{"version":3,"sources":["webpack:///./src/{{Word()}}.js"],"names":[],"mappings":"AAAA;{{Word()}}"}""")}",
        () => $"<meta name=\"props\" content=\"{Json($$"""{"name":"{{Word()}}","build":"{{Hex(20)}}"}""")}\">",
        () => $"chunk {{{Number(99)}}} {Word()}.{Hex(20)}.js, {Word()}.{Hex(20)}.js.map ({Word()}) {Number(900)} kB [rendered]",
        () => $"  ├ ○ /{Word()}/{Word()}                  {Number(9)}.{Number(99)} kB        {Number(200)} kB",
        () => $"url(data:font/woff2;base64,{Base64(90)})",
    ];

    private IEnumerable<Func<string>> Compilers() =>
    [
        () => $"   Compiling {Word()}_{Word()} v0.{Number(30)}.{Number(9)} (registry+https://github.com/rust-lang/crates.io-index)",
        () => $"go: downloading github.com/{Word()}/{Word()} v1.{Number(20)}.0-0.2024{Number(9)}0101000000-{Hex(12)}",
        () => $"github.com/{Word()}/{Word()} v1.{Number(20)}.0 h1:{Base64(32)}",
        () => $"[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/{Word()}/{Word()}/2.{Number(9)}/{Word()}-2.{Number(9)}.jar ({Number(900)} kB at {Number(9)} MB/s)",
        () => $"> Task :{Word()}:compile{Word()} UP-TO-DATE (build cache key {Hex(32)})",
        () => $"  Downloading {Word()}_{Word()}-{Number(9)}.1.0-cp312-manylinux_2_17_x86_64.whl --hash=sha256:{Hex(64)}",
        () => $"  Restored /src/{Word()}/{Word()}.csproj (in {Number(900)} ms), public key token {Hex(16)}",
        () => $"{Word()}.cc:(.text._ZN{Number(20)}{Word()}{Number(20)}{Word()}EvT_+0x{Hex(3)}): undefined reference",
    ];

    private IEnumerable<Func<string>> Machines() =>
    [
        () => $"#{Number(30)} sha256:{Hex(64)} {Number(90)}MB / {Number(90)}MB done",
        () => $"HEAD is now at {Hex(40)} {Word()} {Word()} (request {Guid()})",
        () => $"2024-0{Number(9)}-01T10:{Number(9)}0:00.{Number(9)}000000Z ##[group]Run actions/{Word()}@{Hex(40)}",
        () => $"travis_time:end:{Hex(8)}:start=15{Number(9)}0000000000000,finish=15{Number(9)}0000001000000,duration=1000000",
        () => $"Cache restored from key: {Word()}-Linux-node-{Hex(64)}",
        () => $"SSH key fingerprint SHA256:{Base64(32).TrimEnd('=')}",
        () => $"ECDSA key: AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY{Base64(30)}",
        () => $"https://{Word()}.blob.core.windows.net/{Word()}?sv=2024-01-01&se=2030-01-01&sp=r",
    ];

    // Names and placeholders that begin as tokens do.
    private IEnumerable<Func<string>> Lookalikes() =>
    [
        () => $"{Prefix()}{Names('_')}",
        () => $"export {Prefix()}{Names('_')}={Word()}",
        () => $"set {Prefix()}{new string('x', 10 + Number(80))} here",
        () => $"{Prefix()}{Word()}-{Names('-')}",
        () => $"{Prefix()}<your-{Names('-')}-here>",
        () => $"{Prefix()}***",
        () => $"const {Prefix()}{Word()} = require('./{Word()}_{Word()}')",
        () => $"ASIA_PACIFIC_{Word().ToUpperInvariant()}_{Number(9)} AKIA{Word().ToUpperInvariant()}",
    ];

    private string Prefix() => _prefixes[_random.Next(_prefixes.Length)];

    private string Word() => _words[_random.Next(_words.Length)];

    private string Names(char between) => string.Join(between, Enumerable.Range(0, 2 + _random.Next(7)).Select(_ => Word()));

    private int Number(int most) => 1 + _random.Next(most);

    private string Hex(int length) => Convert.ToHexStringLower(Bytes((length + 1) / 2))[..length];

    private string Base64(int bytes) => Convert.ToBase64String(Bytes(bytes));

    private string Url(int length) => Convert.ToBase64String(Bytes(length)).Replace('+', '-').Replace('/', '_')[..length];

    private static string Json(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private Guid Guid() => new(Bytes(16));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
