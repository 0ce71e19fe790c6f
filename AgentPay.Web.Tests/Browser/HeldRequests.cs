using System.Collections.Concurrent;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Holds requests to a part of the server, so that a page stays as it is while a test looks at it.</summary>
internal sealed class HeldRequests : IStartupFilter
{
    private readonly ConcurrentDictionary<PathString, TaskCompletionSource> _held = new();

    /// <summary>Holds every request below the path until the result is disposed.</summary>
    public IDisposable Hold(string path)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held[path] = released;
        return new Release(() =>
        {
            _held.TryRemove(path, out _);
            released.SetResult();
        });
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            foreach (var (path, released) in _held)
                if (context.Request.Path.StartsWithSegments(path)) await released.Task.WaitAsync(TestLimit.Time);
            await rest(context);
        });
        next(app);
    };

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
