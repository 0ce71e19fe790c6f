using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>
/// The sandbox signs its webhooks so that <see cref="RequestSignature"/> accepts them for the URL of <see cref="PublicUrl"/>.
/// </summary>
public sealed class WebhooksOfSandboxTests : IAsyncLifetime
{
    /// <summary>Text with characters that are escaped, partly escaped and not escaped.</summary>
    private const string Query = "?who=Zoë & Söhne&to=%2B61+4&raw=a|b{c}\"d\"&pct=100%&sid=%e2%82%ac&q=a'b(c)!*~&empty=";

    private readonly TwilioSandbox _sandbox = new() { Query = Query + "#rc=2&rp=all" };

    [Fact]
    public async Task VoiceRequest_ByPost_IsSignedForTheProduct()
    {
        await _sandbox.CallInAsync();

        ShouldBeGenuine(await _sandbox.Owner.NextAsync(), "/inbound");
    }

    [Fact]
    public async Task VoiceRequest_ByGet_IsSignedWithItsParametersInTheUrl()
    {
        _sandbox.Twiml("/inbound", $"<Redirect method=\"GET\">/again{Escaped(Query)}</Redirect>");
        await _sandbox.CallInAsync();

        var request = await _sandbox.Owner.NextAsync(webhook => webhook.Method == "GET");

        ShouldBeGenuine(request, "/again");
        request.Form.ShouldBeEmpty();
        request.Url.ShouldContain("&From=%2B61400000000");
    }

    [Fact]
    public async Task StatusCallback_OfANumber_IsSignedForTheProduct()
    {
        var target = $"{_sandbox.Owner.Url}/progress{Query}#rc=3&rp=5xx";
        _sandbox.Twiml(
            "/outbound",
            $"<Dial callerId=\"{SandboxControl.Business}\">"
            + $"<Number statusCallbackEvent=\"answered completed\" statusCallback=\"{Escaped(target)}\">+61400000000</Number></Dial>");
        await _sandbox.App.Control.CallOutAsync(new { to = SandboxControl.Customer, uui = "abc;encoding=hex" });

        ShouldBeGenuine(await _sandbox.Owner.NextAsync(webhook => webhook["CallStatus"] == "in-progress"), "/progress");
    }

    [Fact]
    public async Task StatusCallback_OfTheNumbersOwn_IsSignedForTheProduct()
    {
        _sandbox.Twiml("/inbound", "<Hangup/>");
        await _sandbox.CallInAsync();

        ShouldBeGenuine(await _sandbox.Owner.NextAsync(webhook => webhook["CallStatus"] == "completed"), "/status");
    }

    [Fact]
    public async Task PayCallback_OfEveryKind_IsSignedForTheProduct()
    {
        var call = await _sandbox.CallInAsync();
        var callback = $"{_sandbox.Owner.Url}/pay{Query}";
        var payment = await _sandbox.Payments.CreateAsync(
            call, new() { IdempotencyKey = "1", StatusCallback = callback, Goal = new PaymentGoal.Token() });
        await _sandbox.Payments.UpdateAsync(call, payment.Sid, Update(callback, new PaymentStep.Capture(CaptureField.ExpirationDate)));
        await _sandbox.App.Control.PressAsync(call.ToString(), "1230");
        await _sandbox.Payments.UpdateAsync(call, payment.Sid, Update(callback, new PaymentStep.Cancel()));
        await _sandbox.Owner.NextAsync(webhook => webhook["Result"] is not null);

        var callbacks = _sandbox.Owner.All.Where(webhook => webhook["Sid"] == payment.Sid.ToString()).ToList();

        callbacks.Count.ShouldBe(7);
        callbacks.ForEach(received => ShouldBeGenuine(received, "/pay"));
        callbacks.Select(received => received.Header("I-Twilio-Idempotency-Token")).Distinct().Count().ShouldBe(7);
    }

    public Task InitializeAsync() => _sandbox.InitializeAsync();

    public Task DisposeAsync() => _sandbox.DisposeAsync();

    private static UpdatePayment Update(string callback, PaymentStep step) =>
        new() { IdempotencyKey = step.ToString(), StatusCallback = callback, Step = step };

    private static string Escaped(string text) =>
        new System.Xml.Linq.XText(text).ToString().Replace("\"", "&quot;", StringComparison.Ordinal);

    private void ShouldBeGenuine(ReceivedWebhook received, string path)
    {
        received.Path.ShouldBe(path);
        var url = PublicUrl.Of(_sandbox.Owner.Url + "/", received.Url[_sandbox.Owner.Url.Length..]);
        var form = received.Form
            .GroupBy(f => f.Key)
            .Select(f => KeyValuePair.Create(f.Key, new StringValues([.. f.Select(v => v.Value)])))
            .ToList();
        var signature = received.Header(RequestSignature.Header);
        RequestSignature.Verify(url, form, signature, SandboxApp.AuthToken).ShouldBe(SignatureVerdict.Valid, url);
        RequestSignature.Verify(url, form, signature, "rotated", SandboxApp.AuthToken).ShouldBe(SignatureVerdict.Valid);
        RequestSignature.Verify(url, form, signature, "another").ShouldBe(SignatureVerdict.WrongSignature);
        RequestSignature.Verify(url + "&x=1", form, signature, SandboxApp.AuthToken).ShouldBe(SignatureVerdict.WrongSignature);
        received.Header("User-Agent").ShouldBe("TwilioProxy/1.1");
        received.Header("traceparent").ShouldBeNull();
        Guid.TryParse(received.Header("I-Twilio-Idempotency-Token"), out _).ShouldBeTrue();
        if (received.Method == "POST") received.Header("Content-Type")!.ShouldStartWith("application/x-www-form-urlencoded");
    }
}
