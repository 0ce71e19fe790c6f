using System.Net.Http.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Browser;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>A measured server with somebody signed in, who starts payments. The sandbox serves the sign-in only.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private LoadProcess _entra = null!;

    public MeasuredServer Server { get; private set; } = null!;

    public Chromium Chromium { get; } = new();

    /// <summary>A browser in which the agent is signed in.</summary>
    public IBrowserContext Desk { get; private set; } = null!;

    /// <summary>The value of the header <c>Cookie</c>.</summary>
    public string Cookies { get; private set; } = "";

    /// <inheritdoc cref="MeasuredServer.StartAsync" path="/param[@name='published']"/>
    public static async Task<ConsoleServer> StartAsync(string? published = null)
    {
        var console = new ConsoleServer { _entra = await LoadProcess.StartAsync(
            new Dictionary<string, string> { ["AgentPay:Mode"] = "SandboxServer" }) };
        console.Server = await MeasuredServer.StartAsync(console._entra.Url, published);
        console.Server.Twilio.Delay = TimeSpan.FromMilliseconds(1);
        await console.Chromium.InitializeAsync();
        console.Desk = await console.Chromium.OpenAsync(Browser.Desk.Usual);
        var page = await console.Desk.NewPageAsync();
        await page.GotoAsync(console.Server.Url);
        await page.SignInAsync(PageActs.Amara);
        console.Cookies = string.Join("; ", (await console.Desk.CookiesAsync([console.Server.Url]))
            .Select(cookie => $"{cookie.Name}={cookie.Value}"));
        await page.CloseAsync();
        return console;
    }

    /// <summary>A caller calls in, and the agent starts a payment that waits for the first key.</summary>
    public async Task<TypingCaller> StartPaymentAsync()
    {
        var call = TwilioRequests.NewCall();
        await HttpLoad.SendAsync(Server.Url, TwilioRequests.Signed(Server.Url, "/inboundHandler", TwilioRequests.Call(call)));
        var query = $"agent={PageActs.Amara}&call={call}&amount=120&reference=bench";
        using var answer = await _http.PostAsync($"{Server.Url}/load/start?{query}", null);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        var session = (await answer.Content.ReadFromJsonAsync<PaymentSession>(SyncJson.Options))!;
        return new(call, session.Id, session.Payment.ToString()!);
    }

    public Uri PageOf(TypingCaller caller) => new($"{Server.Url}/pay?callSid={caller.Call}&amount=120&currency=AUD");

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Server.DisposeAsync();
        await _entra.DisposeAsync();
        _http.Dispose();
    }
}
