using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AgentPay.Web.Tests.Api;

/// <summary>The exact texts and statuses of every route, for each way to send the parameters.</summary>
public sealed class RouteTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private const string NoCall = "CA00000000000000000000000000000001";
    private const string NoPayment = "PK00000000000000000000000000000001";

    private const string NotOneLine =
        "Description and reference are one line of text each. Remove line breaks, tabs and signs that turn the direction of writing.";

    [Theory]
    [InlineData("startCapture")]
    [InlineData("updateCaptureType")]
    [InlineData("changeSession")]
    [InlineData("uui2sid")]
    public async Task AnyRoute_WithoutAGoodToken_Is401InThePredecessorsWords(string route)
    {
        foreach (var token in (string?[])[null, "Bearer", "Bearer x", "Basic YTpi", "Bearer eyJhbGciOiJub25lIn0.e30."])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = JsonContent.Create(new { callSid = NoCall }) };
            if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
            using var answer = await bench.App.Http.SendAsync(request);

            (await ApiReply.OfAsync(answer)).ShouldBe(new(401, "Authorisation Error"));
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }
    }

    [Theory]
    [InlineData("startCapture", "Error with StartCapture")]
    [InlineData("updateCaptureType", "Error with updateCapture")]
    [InlineData("changeSession", "Error with changeSession")]
    public async Task AnyRoute_WithoutACall_Is400InThePredecessorsWords(string route, string error)
    {
        var agent = await bench.AmaraAsync();

        (await agent.PostAsync(route, new { })).ShouldBe(new(400, $"{error}: callSid is missing, or is not the SID of a call"));
        (await agent.PostAsync(route, new { callSid = "CA1" }))
            .ShouldBe(new(400, $"{error}: callSid is missing, or is not the SID of a call"));
        (await agent.PostAsync(route, (int[])[1]))
            .ShouldBe(new(400, $"{error}: the body is neither a JSON object nor a form, or is too long"));
    }

    [Theory]
    [InlineData("ChargeAmount", "12,50", "ChargeAmount is not a number such as 12.50")]
    [InlineData("ChargeAmount", "-1", "ChargeAmount is not a number such as 12.50")]
    [InlineData("ChargeAmount", "1e3", "ChargeAmount is not a number such as 12.50")]
    [InlineData("ChargeAmount", "$5", "ChargeAmount is not a number such as 12.50")]
    [InlineData("ChargeAmount", "1000000", "The amount must be less than 1,000,000.")]
    [InlineData("ChargeAmount", "1.005", "USD has 2 decimals; the amount has more.")]
    [InlineData("Currency", "dollars", "The currency must be three letters, such as USD.")]
    [InlineData("TokenType", "forever", "TokenType is none of one-time, reusable, payment-method")]
    [InlineData("SecurityCode", "maybe", "SecurityCode and PostalCode are true or false")]
    [InlineData("PostalCode", "1", "SecurityCode and PostalCode are true or false")]
    [InlineData("Description", "Shoes\r\nX-Twilio: 1", NotOneLine)]
    [InlineData("Reference", "INV\0-1", NotOneLine)]
    [InlineData("Description", "\u202e00.5$ only", NotOneLine)]
    [InlineData("Reference", "INV\u0085-1", NotOneLine)]
    [InlineData("PaymentConnector", "a\u0007b", "PaymentConnector is not the name of a connector")]
    [InlineData("PaymentConnector", "Nobody's", "Twilio did not start the payment (code 64004)")]
    public async Task Start_WithSomethingThatCannotBe_SaysWhat(string name, string value, string why)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        var reply = await agent.PostAsync("/startCapture", new Dictionary<string, string> { ["callSid"] = call.Sid, [name] = value });

        reply.ShouldBe(new(400, $"Error with StartCapture: {why}"));
    }

    [Fact]
    public async Task Start_OnNoCall_SaysSo() =>
        (await (await bench.AmaraAsync()).PostAsync("/startCapture", new { callSid = NoCall }))
            .ShouldBe(new(400, "Error with StartCapture: There is no such call with a customer on the telephone"));

    [Fact]
    public async Task Start_AfterTheHangUp_SaysSo()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        await call.HangUpAsync();

        (await agent.PostAsync("/startCapture", new { callSid = call.Sid }))
            .ShouldBe(new(400, "Error with StartCapture: The call is not in progress"));
    }

    [Fact]
    public async Task Start_BesideAnotherPayment_SaysSo()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        await agent.StartAsync(call);

        (await agent.PostAsync("/startCapture", new { callSid = call.Sid, ChargeAmount = 7 }))
            .ShouldBe(new(400, "Error with StartCapture: There is a payment on this call already. Finish or cancel it first."));
    }

    [Theory]
    [InlineData("updateCaptureType", "Error with updateCapture")]
    [InlineData("changeSession", "Error with changeSession")]
    public async Task Act_OnNoPayment_SaysSo(string route, string error)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        (await agent.PostAsync(route, new { callSid = call.Sid }))
            .ShouldBe(new(400, $"{error}: paySid is missing, or is not the SID of a payment"));
        (await agent.PostAsync(route, new { callSid = call.Sid, paySid = NoPayment, captureType = "security-code", Status = "cancel" }))
            .ShouldBe(new(400, $"{error}: There is no such payment on this call"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("undefined")]
    [InlineData("Payment-Card-Number")]
    [InlineData("0")]
    public async Task Ask_ForNoFieldOfTwilios_SaysSo(string? field)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);

        (await agent.AskAsync(call.Sid, payment, field!))
            .ShouldBe(new(400, "Error with updateCapture: captureType is missing, or is not one that Twilio has"));
    }

    [Fact]
    public async Task Ask_ForAFieldThatThePaymentHasNot_SaysSo()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);

        (await agent.AskAsync(call.Sid, payment, "postal-code"))
            .ShouldBe(new(400, "Error with updateCapture: This payment does not ask for postal-code"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("undefined")]
    [InlineData("Complete")]
    [InlineData("cancelled")]
    public async Task Change_ToNoStatusOfTwilios_SaysSo(string? status)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);

        (await agent.ChangeAsync(call.Sid, payment, status!))
            .ShouldBe(new(400, "Error with changeSession: Status is missing, or is neither complete nor cancel"));
    }

    [Fact]
    public async Task Complete_BeforeEverythingIsCaptured_SaysWhatIsMissing()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "4111111111111111");

        (await agent.ChangeAsync(call.Sid, payment, "complete"))
            .ShouldBe(new(400, "Error with changeSession: Still to be captured: expiration-date, security-code"));
    }

    [Theory]
    [InlineData("4111111111111111", "success", "The payment has succeeded already")]
    [InlineData("4000000000000002", "payment-connector-error", "The payment has failed. Start a new one")]
    public async Task Ask_AfterTheEnd_SaysHowItEnded(string card, string result, string why)
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.CaptureCardAsync(call, payment, card);
        (await agent.ChangeAsync(call.Sid, payment, "complete")).Status.ShouldBe(200);
        (await changes.NextAsync(c => c.HasResult(payment))).Data.Text("Result").ShouldBe(result);

        (await agent.AskAsync(call.Sid, payment, "security-code")).ShouldBe(new(400, $"Error with updateCapture: {why}"));
    }

    [Fact]
    public async Task Anything_AfterTheCancellation_SaysThatItIsCancelled()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.ChangeAsync(call.Sid, payment, "cancel");
        await changes.NextAsync(c => c.HasResult(payment));

        (await agent.AskAsync(call.Sid, payment, "security-code"))
            .ShouldBe(new(400, "Error with updateCapture: The payment is cancelled. Start a new one"));
        (await agent.ChangeAsync(call.Sid, payment, "complete"))
            .ShouldBe(new(400, "Error with changeSession: The payment is cancelled. Start a new one"));
        (await agent.ChangeAsync(call.Sid, payment, "cancel")).ShouldBe(new(200, payment));
    }

    [Fact]
    public async Task Uui_OfACall_IsAnsweredWithTheCustomersLegAndItsExpiry()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        var reply = await agent.GetAsync($"/uui2sid?uui={call.Sid}");

        var (json, at) = (JsonDocument.Parse(reply.Text).RootElement, bench.App.Clock.GetUtcNow());
        (reply.Status, json.GetProperty("data").GetRawText()).ShouldBe((200, $$"""{"uui":"{{call.Sid}}","pstnSid":"{{call.Sid}}"}"""));
        json.GetProperty("dateExpires").GetString()!.ShouldEndWith("Z");
        json.GetProperty("dateExpires").GetDateTimeOffset().ShouldBe(at.AddHours(12), TimeSpan.FromSeconds(20));
        json.EnumerateObject().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("", 400, "Error with uu2sid: uui is missing")]
    [InlineData("?uui=", 400, "Error with uu2sid: uui is missing")]
    [InlineData("?uui=nobody", 404, "Error with uu2sid: there is no such call")]
    [InlineData("?uui=a/b", 404, "Error with uu2sid: there is no such call")]
    public async Task Uui_OfNoCall_SaysSo(string query, int status, string text) =>
        (await (await bench.AmaraAsync()).GetAsync("/uui2sid" + query)).ShouldBe(new(status, text));

    [Theory]
    [InlineData("json")]
    [InlineData("form")]
    [InlineData("multipart")]
    [InlineData("query")]
    [InlineData("get")]
    public async Task Parameters_MayComeInAnyForm(string form)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await SendAsync(agent, form, "/startCapture", new() { ["callSid"] = call.Sid, ["PostalCode"] = "false" });

        Dictionary<string, string> update = new()
        {
            ["callSid"] = call.Sid, ["paySid"] = payment.Text, ["captureType"] = "expiration-date",
        };
        (await SendAsync(agent, form, "/updateCaptureType", update)).ShouldBe(payment);
        (await SendAsync(agent, form, "/changeSession", new() { ["callSid"] = call.Sid, ["paySid"] = payment.Text, ["Status"] = "cancel" }))
            .ShouldBe(payment);
        (await SendAsync(agent, form, "/uui2sid", new() { ["uui"] = call.Sid })).Status.ShouldBe(200);
        (payment.Status, payment.Text[..2], payment.Text.Length).ShouldBe((200, "PK", 34));
    }

    [Fact]
    public async Task Body_GoesBeforeQuery()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        (await agent.PostAsync($"/startCapture?callSid={NoCall}&ChargeAmount=9", new { callSid = call.Sid })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Answers_ArePlainTextThatNobodyKeeps()
    {
        var agent = await bench.AmaraAsync();
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "/changeSession") { Headers = { Authorization = new("Bearer", agent.Token) } };

        using var answer = await bench.App.Http.SendAsync(request);

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
    }

    [Theory]
    [InlineData("PUT", "/startCapture")]
    [InlineData("DELETE", "/changeSession")]
    public async Task AnyRoute_ByAnotherMethod_Is405(string method, string route) =>
        (await (await bench.AmaraAsync()).SendAsync(new HttpMethod(method), route, null)).Status.ShouldBe(405);

    private static Task<ApiReply> SendAsync(ApiAgent agent, string form, string route, Dictionary<string, string> sent)
    {
        var query = route + "?" + string.Join('&', sent.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in sent) parts.Add(new StringContent(value, Encoding.UTF8), name);
        return form switch
        {
            "json" => agent.PostAsync(route, sent),
            "form" => agent.SendAsync(HttpMethod.Post, route, new FormUrlEncodedContent(sent)),
            "multipart" => agent.SendAsync(HttpMethod.Post, route, parts),
            "query" => agent.SendAsync(HttpMethod.Post, query, null),
            _ => agent.GetAsync(query),
        };
    }
}
