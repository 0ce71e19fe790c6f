using AgentPay.Web.Tests.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

[assembly: HostingStartup(typeof(LoadStartup))]

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// What a fault run adds to the processes that it starts, and to no other: a clock that can be put forward, the console's verbs over HTTP,
/// as payments that the server drives have no route of their own, and an end when the test that started it is gone.
/// </summary>
public sealed class LoadStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        var clock = new LoadClock(TimeSpan.FromSeconds(context.Configuration.GetValue("Load:Ahead", 0d)));
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IStartupFilter, LoadRoutes>();
        new Thread(EndWithParent) { IsBackground = true }.Start();
    });

    private static void EndWithParent()
    {
        while (Console.In.Read() >= 0)
        {
            // Nothing is said to it.
        }
        Environment.Exit(0);
    }

    private sealed class LoadRoutes : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/load", load => load.Run(context => LoadConsole.AnswerAsync(context)));
            next(app);
        };
    }
}
