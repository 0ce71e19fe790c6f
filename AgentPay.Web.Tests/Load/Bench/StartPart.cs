using System.Diagnostics;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures the published build: its size, the time from its start until it is ready, and the first load of its page.</summary>
internal static class StartPart
{
    private const int Runs = 5;

    public static async Task RunAsync(Aims aims)
    {
        var folder = Directory.CreateTempSubdirectory("agentpay").FullName;
        try
        {
            await RunAsync("dotnet", "publish", "AgentPay.Web", "-c", "Release", "-p:Sandbox=false", "-o", folder, "-v", "quiet",
                "--nologo");
            var program = Path.Combine(folder, "AgentPay.Web.dll");
            await MeasureStartAsync(folder, program);
            Console.WriteLine();
            await PageLoad.MeasureAsync(aims, program);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureStartAsync(string folder, string program)
    {
        var size = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        var (starts, memory) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var server = await MeasuredServer.StartAsync(published: program);
            starts.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            memory.Add(server.Memory / 1048576d);
        }
        var table = new Table("published MiB", "start to ready s", "the longest s", "resident MiB when ready");
        table.Add(size / 1048576d, new Sample(starts).Median, starts.Max(), new Sample(memory).Median);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(output);
    }
}
