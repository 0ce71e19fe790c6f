using System.Net;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Degraded;

internal sealed partial class DegradedWorld
{
    /// <summary>Starts an instance that may not get ready, and lets the public address lead to it all the same.</summary>
    public AgentPayApp Begin(params (string Key, string Value)[] settings)
    {
        var app = LiveApp.Start(Sandbox, [("AgentPay:PublicBaseUrl", _door.Url), .. settings]);
        _apps.Add(app);
        _door.Add(app.Url.AbsoluteUri.TrimEnd('/'));
        return app;
    }

    /// <summary>Waits for something that may itself wait for the clocks.</summary>
    /// <returns>How much time has passed meanwhile.</returns>
    public async Task<TimeSpan> PassUntilAsync(Task work, int atMost = 300)
    {
        for (var seconds = 0; ; seconds++)
        {
            await IdleProcess.WaitAsync(work);
            if (work.IsCompleted || seconds == atMost)
            {
                if (!work.IsCompleted) throw new TimeoutException($"Not within {atMost} s");
                await work;
                return TimeSpan.FromSeconds(seconds);
            }
            Pass(TimeSpan.FromSeconds(1));
        }
    }

    public async Task<T> PassUntilAsync<T>(Task<T> work, int atMost = 300)
    {
        await PassUntilAsync((Task)work, atMost);
        return await work;
    }

    /// <summary>Lets time pass until something holds that has to be asked for.</summary>
    public async Task PassUntilAsync(Func<Task<bool>> holds, int atMost = 300)
    {
        for (var seconds = 0; !await PassUntilAsync(holds()); seconds++)
        {
            if (seconds == atMost) throw new TimeoutException($"Not within {atMost} s");
            await PassAsync(1);
        }
    }

    /// <summary>Second by second, as those who wait for something would have it.</summary>
    public async Task PassAsync(int seconds)
    {
        var never = new TaskCompletionSource().Task;
        for (var second = 0; second < seconds; second++)
        {
            await IdleProcess.WaitAsync(never);
            Pass(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>What Sync holds of the calls, asked of Sync itself.</summary>
    public UuiMap CallsInSync(AgentPayApp app) => new(Sandbox, app.Services.GetRequiredService<SyncSpace>().Service.ToString());

    public static async Task<HttpStatusCode> ReadinessAsync(AgentPayApp app)
    {
        using var answer = await app.Http.GetAsync("health/ready");
        return answer.StatusCode;
    }
}
