using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>One sandbox and one listener for the tests of a class, which run one after another. Its connectors <c>Scripted</c> and
/// <c>Nobody</c> lead to the
/// listener's <c>/connector</c> and to a closed port.</summary>
public sealed class PayBench : IAsyncLifetime
{
    /// <summary>Set before the start, it keeps everything that the sandbox logs.</summary>
    public KeptLog? Log { get; init; }

    public SandboxApp Sandbox { get; private set; } = null!;

    public WebhookListener Listener { get; private set; } = null!;

    public ManualClock Clock => Sandbox.Clock;

    public async Task InitializeAsync()
    {
        Listener = await WebhookListener.StartAsync();
        Listener.Answer("/inbound", 200, "<Response><Dial answerOnBridge=\"true\"><Sip>sip:agent@pbx.example.com</Sip></Dial></Response>");
        Listener.Answer("/outbound", 200,
            $"<Response><Dial callerId=\"{SandboxControl.Business}\"><Number>{SandboxControl.Customer}</Number></Dial></Response>");
        var settings = new Dictionary<string, string?>
        {
            ["Sandbox:InboundUrl"] = Listener.Url + "/inbound",
            ["Sandbox:OutboundUrl"] = Listener.Url + "/outbound",
            ["Sandbox:Connectors:0:Name"] = "Scripted",
            ["Sandbox:Connectors:0:Url"] = Listener.Url + "/connector",
            ["Sandbox:Connectors:0:Username"] = "user",
            ["Sandbox:Connectors:0:Password"] = "pass",
            ["Sandbox:Connectors:0:TokenTypes:0"] = "payment-method",
            ["Sandbox:Connectors:1:Name"] = "Nobody",
            ["Sandbox:Connectors:1:Url"] = "http://127.0.0.1:9/",
            ["Sandbox:Connectors:2:Name"] = "WrongPassword",
            ["Sandbox:Connectors:2:Password"] = "wrong",
        };
        Sandbox = new(settings, log: Log);
    }

    /// <summary>A call in progress.</summary>
    public Task<PayCall> ACallAsync() => PayCall.DialAsync(this, answer: true);

    /// <summary>A call that nobody has answered yet.</summary>
    public Task<PayCall> ARingingCallAsync() => PayCall.DialAsync(this, answer: false);

    /// <summary>A charge whose fields are all captured.</summary>
    public async Task<PayCall> AReadyChargeAsync(string parameter = "Timeout=5", string number = PayCall.Visa)
    {
        var call = await ACallAsync();
        await call.StartWithCardAsync(number, "ChargeAmount=1", parameter);
        return call;
    }

    public async Task DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Listener.DisposeAsync();
    }
}
