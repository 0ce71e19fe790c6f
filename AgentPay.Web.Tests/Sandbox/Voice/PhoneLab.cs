using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Voice;

/// <summary>The sandbox with a web server that returns TwiML at <c>/inbound</c> and <c>/outbound</c>.</summary>
internal sealed class PhoneLab : IAsyncDisposable
{
    public const string Customer = SandboxControl.Customer;
    public const string Business = SandboxControl.Business;
    public const string AgentDial = "<Dial><Sip>sip:agent@pbx.example.com</Sip></Dial>";

    private PhoneLab(WebhookListener owner, SandboxApp sandbox) => (Owner, Sandbox) = (owner, sandbox);

    public WebhookListener Owner { get; }

    public SandboxApp Sandbox { get; }

    /// <param name="inbound">Content of the Response that <c>/inbound</c> answers; null leaves the path unscripted.</param>
    public static async Task<PhoneLab> StartAsync(string? inbound = null, string? outbound = null,
        Dictionary<string, string?>? settings = null)
    {
        var owner = await WebhookListener.StartAsync();
        var configured = new Dictionary<string, string?> { ["Sandbox:InboundUrl"] = "{owner}/inbound",
            ["Sandbox:OutboundUrl"] = "{owner}/outbound" };
        foreach (var (key, value) in settings ?? []) configured[key] = value;
        var lab = new PhoneLab(owner, new SandboxApp(configured.ToDictionary(s => s.Key, s => s.Value?.Replace("{owner}", owner.Url))));
        if (inbound is not null) lab.Twiml("/inbound", inbound);
        if (outbound is not null) lab.Twiml("/outbound", outbound);
        return lab;
    }

    public void Twiml(string path, string verbs) => Owner.Answer(path, 200, $"<Response>{verbs}</Response>");

    public Task<string> CallInAsync(bool answer = true, string from = Customer, string to = Business) =>
        Sandbox.Control.CallInAsync(answer, from, to);

    /// <summary>The caller's leg and the first one that it dialled.</summary>
    public async Task<(string Parent, string Child)> ConnectAsync(bool answer = true)
    {
        var parent = await CallInAsync(answer);
        return (parent, (await ChildrenAsync(parent))[0]);
    }

    public Task<JsonElement> CallOutAsync(object body) => Sandbox.Control.CallOutAsync(body);

    public Task<HttpResponseMessage> ActAsync(string sid, string act) => Sandbox.Control.ActAsync(sid, act);

    public Task PressAsync(string sid, string digits, int gapMs = 0) => Sandbox.Control.PressAsync(sid, digits, gapMs);

    /// <summary>Reads the leg again until it has the status: for changes that follow the clock, which nothing else announces.</summary>
    public async Task UntilAsync(string sid, string status)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        while (await StatusAsync(sid) != status) limit.Token.ThrowIfCancellationRequested();
    }

    public Task<JsonElement> ShowAsync(string sid) => Sandbox.Control.ShowAsync(sid);

    public Task<string> StatusAsync(string sid) => Sandbox.Control.StatusAsync(sid);

    public Task<string[]> ChildrenAsync(string sid) => Sandbox.Control.ChildrenAsync(sid);

    public Task<string[]> SaidAsync(string sid) => Sandbox.Control.SaidAsync(sid);

    public async Task<int[]> AlertsAsync(string sid) =>
        [.. (await ShowAsync(sid)).GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("code").GetInt32())];

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
