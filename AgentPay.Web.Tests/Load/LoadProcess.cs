using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Load;

/// <summary>A process of AgentPay, or of its sandbox, on a free port, with <see cref="LoadStartup"/> inside.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    private const int KeptLines = 200;
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoadProcess(Process process) => _process = process;

    /// <summary>Base URL without a trailing slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory => 1024 * long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>Open sockets, and all other file descriptors.</summary>
    public (int Sockets, int Others) Descriptors()
    {
        var targets = Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Select(fd => new FileInfo(fd).LinkTarget).OfType<string>()
            .ToList();
        var sockets = targets.Count(target => target.StartsWith("socket:", StringComparison.Ordinal));
        return (sockets, targets.Count - sockets);
    }

    /// <summary>What it has printed last.</summary>
    public string Output => string.Join('\n', _output);

    /// <param name="url">Null for a free port.</param>
    /// <param name="published">The assembly of a published build, in place of that of the tests.</param>
    /// <param name="core">The only core that the process may use; null for all.</param>
    public static async Task<LoadProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string? url = null, int? core = null,
        string? published = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(core is null ? dotnet : "taskset")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "AgentPay.Web"),
        };
        var tests = Path.Combine(AppContext.BaseDirectory, typeof(LoadProcess).Assembly.GetName().Name!);
        var web = Path.Combine(AppContext.BaseDirectory, "AgentPay.Web");
        // A measured process runs with the settings of the product. The others start faster with those of the tests.
        var runtime = core is null ? tests : web;
        string[] arguments =
        [
            .. core is { } only ? ["-c", only.ToString(CultureInfo.InvariantCulture), dotnet] : Array.Empty<string>(),
            .. published is null
                ? ["exec", "--depsfile", tests + ".deps.json", "--runtimeconfig", runtime + ".runtimeconfig.json", web + ".dll"]
                : new[] { published },
            "--urls", url ?? "http://127.0.0.1:0",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (core is null) start.Environment["DOTNET_TieredPGO"] = "0";
        if (core is null) start.Environment["DOTNET_gcServer"] = "0";
        if (published is not null) settings = settings.Append(new("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "")).ToDictionary();
        foreach (var (key, value) in Always.Concat(settings)) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = new LoadProcess(new Process { StartInfo = start });
        await process.RunAsync();
        return process;
    }

    /// <summary>At once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static Dictionary<string, string> Always => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(LoadStartup).Assembly.GetName().Name!,
        ["Logging:LogLevel:Default"] = "Error",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
    };

    private async Task RunAsync()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The process has ended: {Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = await _listening.Task.WaitAsync(TestLimit.Time);
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        while (_output.Count > KeptLines) _output.TryDequeue(out _);
        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            _listening.TrySetResult(line[(at + Listening.Length)..].Trim());
    }
}
