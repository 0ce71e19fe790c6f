using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>
/// The Twilio clients with the sandbox over real HTTP, and the web server of the account's owner. Its <c>/inbound</c> connects customers to
/// the softphone. The PBX's calls request TwiML from <c>/outbound</c>. <c>/status</c> is called when an inbound call has ended.
/// The connector <c>Stripe</c> creates tokens of every type. <c>Scripted</c> sends requests to the owner's <c>/connector</c>.
/// </summary>
public sealed class TwilioSandbox : IAsyncLifetime
{
    public const string AgentDial = "<Dial answerOnBridge=\"true\"><Sip>sip:agent@pbx.example.com</Sip></Dial>";

    /// <summary>Appended to the owner's URLs.</summary>
    public string Query { get; init; } = "";

    public SandboxApp App { get; private set; } = null!;

    public WebhookListener Owner { get; private set; } = null!;

    public TwilioClients Clients { get; private set; } = null!;

    public CallsClient Calls => Clients.Calls;

    public PaymentsClient Payments => Clients.Payments;

    public ManualClock Clock => App.Clock;

    public async Task InitializeAsync()
    {
        Owner = await WebhookListener.StartAsync();
        Twiml("/inbound", AgentDial);
        App = new(new()
        {
            ["Sandbox:InboundUrl"] = $"{Owner.Url}/inbound{Query}",
            ["Sandbox:InboundStatusCallback"] = $"{Owner.Url}/status{Query}",
            ["Sandbox:OutboundUrl"] = $"{Owner.Url}/outbound{Query}",
            ["Sandbox:Connectors:0:Name"] = "Stripe",
            ["Sandbox:Connectors:0:TokenTypes:0"] = "one-time",
            ["Sandbox:Connectors:0:TokenTypes:1"] = "reusable",
            ["Sandbox:Connectors:0:TokenTypes:2"] = "payment-method",
            ["Sandbox:Connectors:1:Name"] = "Scripted",
            ["Sandbox:Connectors:1:Url"] = Owner.Url + "/connector",
        });
        Clients = ClientsWith(SandboxApp.AuthToken);
    }

    /// <summary>Clients with the account's SID and the given token.</summary>
    public TwilioClients ClientsWith(string authToken) => new(
        new()
        {
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = authToken,
            ["Twilio:Sync:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:Sync:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:ApiBaseUrl"] = App.Url + "sandbox/twilio",
            ["Twilio:SyncBaseUrl"] = App.Url + "sandbox/sync",
        },
        Clock);

    /// <summary>Sets the TwiML that a path of the owner's server answers with.</summary>
    public void Twiml(string path, string verbs) => Owner.Answer(path, 200, $"<Response>{verbs}</Response>");

    /// <summary>Starts a call of a customer.</summary>
    public async Task<CallSid> CallInAsync(
        bool answer = true, string from = SandboxControl.Customer, string to = SandboxControl.Business) =>
        CallSid.Parse(await App.Control.CallInAsync(answer, from, to));

    /// <summary>Returns the next request to a path that was not read yet.</summary>
    public Task<ReceivedWebhook> NextAsync(string path) => Owner.NextAsync(webhook => webhook.Path == path);

    public async Task DisposeAsync()
    {
        await Clients.DisposeAsync();
        await App.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
