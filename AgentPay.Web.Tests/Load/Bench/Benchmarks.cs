using System.Diagnostics;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>
/// The entry point of <c>bench.sh</c>: runs the named parts, or all. Prints Markdown tables for each, and at the end a table of the aims.
/// </summary>
internal static class Benchmarks
{
    private static readonly (string Name, Func<Aims, Task> RunAsync)[] Parts =
    [
        ("webhooks", WebhookPart.RunAsync),
        ("micro", MicroPart.RunAsync),
        ("sync", SyncPart.RunAsync),
        ("typing", TypingPart.RunAsync),
        ("payments", PaymentsPart.RunAsync),
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
        var (aims, started) = (new Aims(), Stopwatch.GetTimestamp());
        foreach (var part in Parts.Where(part => names.Length == 0 || names.Contains(part.Name)))
        {
            var partStarted = Stopwatch.GetTimestamp();
            Console.WriteLine($"\n## {part.Name}\n");
            await part.RunAsync(aims);
            Console.WriteLine($"\nMeasured in {Stopwatch.GetElapsedTime(partStarted).TotalSeconds:F0} s.");
        }
        Console.WriteLine($"\n## Aims\n\nCommit {await GitAsync("describe --always --dirty --exclude=*")}, "
            + $"measured in {Stopwatch.GetElapsedTime(started).TotalMinutes:F0} min, the server on one core, the load on another.\n");
        aims.Print();
        return 0;
    }

    private static async Task<string> GitAsync(string arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root })!;
        return (await git.StandardOutput.ReadToEndAsync()).Trim();
    }
}
