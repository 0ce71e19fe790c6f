using System.Diagnostics;
using ThreadState = System.Diagnostics.ThreadState;

namespace AgentPay.Web.Tests.Support;

/// <summary>
/// Tells when this process has no work left that it could do now, so that only a timer brings more. A test that advances the manual
/// clock then cannot outrun its own requests, however busy the machine is: a thread that waits for a core counts as working.
/// </summary>
internal static class IdleProcess
{
    /// <summary>Data on its way between two sockets of this machine has no thread for a moment, so one look is not enough.</summary>
    private const int Looks = 3;

    /// <summary>Gives a test the time to notice what it waits for before many seconds have passed on its clock.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>Processor time in between that is none of the tests': of servers that look at their connections, for example.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(1);

    /// <summary>Other tests in this process may keep it busy; on a busy machine, a request may take some seconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Ends when the process is idle or <paramref name="until"/> has ended, and after five seconds in any case.</summary>
    public static Task WaitAsync(Task until) => until.IsCompleted ? Task.CompletedTask : Task.Factory.StartNew(
        () => Wait(until), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Wait(Task until)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var idle = 0; idle < Looks && !until.IsCompleted && Stopwatch.GetElapsedTime(begun) < LongestWait;)
        {
            var used = Environment.CpuUsage.TotalTime;
            Thread.Sleep(BetweenLooks);
            idle = ThreadPool.PendingWorkItemCount == 0 && Environment.CpuUsage.TotalTime - used < Quiet ? idle + 1 : 0;
            if (idle == Looks && !IsIdle()) idle = 0;
        }
    }

    private static bool IsIdle()
    {
        // One is the thread that looks.
        return (OperatingSystem.IsLinux() ? RunningByProc() : RunningByProcess()) <= 1 && ThreadPool.PendingWorkItemCount == 0;
    }

    /// <summary>
    /// Counts the threads that run or wait for a core. Much cheaper than <see cref="Process.Threads"/>, which reads far more.
    /// </summary>
    private static int RunningByProc()
    {
        Span<byte> stat = stackalloc byte[256];
        var running = 0;
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                using var file = File.OpenHandle(thread + "/stat");
                var read = stat[..RandomAccess.Read(file, stat, 0)];
                // The state follows the name, which stands in parentheses.
                if (read[(read.LastIndexOf((byte)')') + 1)..] is [_, (byte)'R', ..]) running++;
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }
        return running;
    }

    private static int RunningByProcess()
    {
        using var process = Process.GetCurrentProcess();
        var running = 0;
        foreach (ProcessThread thread in process.Threads)
        {
            if (StateOf(thread) is ThreadState.Running or ThreadState.Ready or ThreadState.Standby) running++;
            thread.Dispose();
        }
        return running;
    }

    private static ThreadState StateOf(ProcessThread thread)
    {
        try
        {
            return thread.ThreadState;
        }
        catch (InvalidOperationException)
        {
            return ThreadState.Terminated;
        }
    }
}
