using System.Globalization;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Webhooks;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Webhooks;

/// <summary>The sandbox's webhook sender and queue, and a web server that receives the webhooks.</summary>
internal sealed class WebhookLab : IAsyncDisposable
{
    private WebhookLab(WebhookListener owner, int seed)
    {
        Owner = owner;
        Sandbox = new SandboxApp(new() { ["Sandbox:Seed"] = seed.ToString(CultureInfo.InvariantCulture) });
    }

    public WebhookListener Owner { get; }

    public SandboxApp Sandbox { get; }

    public ManualClock Clock => Sandbox.Clock;

    public WebhookSender Sender => Sandbox.Services.GetRequiredService<WebhookSender>();

    public CallbackQueue Queue => Sandbox.Services.GetRequiredService<CallbackQueue>();

    public StatsReport Stats => Sandbox.Services.GetRequiredService<SandboxStats>().Report();

    public static async Task<WebhookLab> StartAsync(int seed = 1) => new(await WebhookListener.StartAsync(), seed);

    public void Break(FaultSettings faults) => Sandbox.Services.GetRequiredService<FaultInjector>().Settings = faults;

    public Webhook To(string path, params (string Name, string Value)[] form) =>
        new(Owner.Url + path, [.. form.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

    /// <summary>Leaves requests to a path without an answer.</summary>
    public void Hang(string path) => Owner.Script(path, (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));

    /// <summary>Queues numbered callbacks on one line.</summary>
    public Task PostAsync(int count, string path = "/") =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => Queue.Post("line", To(path, ("n", n.ToString(CultureInfo.InvariantCulture)))))
            .ToList());

    public string Numbers() => string.Concat(Owner.All.Select(w => w["n"]));

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
