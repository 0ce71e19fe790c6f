using System.Diagnostics;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>The entry point of <c>bench.sh</c>: runs the named parts, or all, and prints one Markdown table for each.</summary>
internal static class Benchmarks
{
    private static readonly (string Name, Func<Task> RunAsync)[] Parts =
    [
        ("webhooks", WebhookPart.RunAsync),
        ("micro", MicroPart.RunAsync),
        ("sync", SyncPart.RunAsync),
        ("screen", ScreenPart.RunAsync),
        ("circuits", CircuitPart.RunAsync),
        ("start", StartPart.RunAsync),
    ];

    public static async Task<int> Main(string[] names)
    {
        if (names.FirstOrDefault(name => !Array.Exists(Parts, part => part.Name == name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no part {unknown}. The parts are: {string.Join(", ", Parts.Select(part => part.Name))}.");
            return 2;
        }
        Console.WriteLine($"Commit {await GitAsync("rev-parse --short HEAD")}, the server on one core, the load on another");
        foreach (var part in Parts.Where(part => names.Length == 0 || names.Contains(part.Name)))
        {
            var started = Stopwatch.GetTimestamp();
            Console.WriteLine($"\n## {part.Name}\n");
            await part.RunAsync();
            Console.WriteLine($"\nMeasured in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s.");
        }
        return 0;
    }

    private static async Task<string> GitAsync(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root })!;
        return (await git.StandardOutput.ReadToEndAsync()).Trim();
    }
}
