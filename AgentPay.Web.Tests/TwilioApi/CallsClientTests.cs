using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class CallsClientTests : IAsyncLifetime
{
    private const string ListPath = $"/2010-04-01/Accounts/{TwilioStub.AccountSid}/Calls.json";

    private TwilioStub _stub = null!;

    public async Task InitializeAsync() => _stub = await TwilioStub.StartAsync();

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [Fact]
    public async Task FetchAsync_Call_IsRead()
    {
        _stub.Answers(TwilioStub.CallPath, new Answer(200, Bodies.Call));

        (await _stub.Calls.FetchAsync(TwilioStub.Call)).ShouldSatisfyAllConditions(
            call => call.Sid.ShouldBe(TwilioStub.Call),
            call => call.ParentCallSid.ShouldBeNull(),
            call => call.Status.ShouldBe(CallStatus.InProgress),
            call => call.From.ShouldBe("+61400000000"),
            call => call.StartTime.ShouldBe(new DateTimeOffset(2019, 12, 18, 20, 2, 1, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task FetchAsync_NotDialledYet_HasNoStartTime(string startTime)
    {
        _stub.Answers(TwilioStub.CallPath, new Answer(200, Bodies.CallWith(startTime: startTime)));

        (await _stub.Calls.FetchAsync(TwilioStub.Call)).StartTime.ShouldBeNull();
    }

    [Fact]
    public async Task FetchAsync_StatusOfTheFuture_IsUnknown()
    {
        _stub.Answers(TwilioStub.CallPath, new Answer(200, Bodies.CallWith(status: "parked")));

        (await _stub.Calls.FetchAsync(TwilioStub.Call)).Status.ShouldBe(CallStatus.Unknown);
    }

    [ContractFact]
    public async Task ListAsync_EveryFilter_IsSentUnderTwiliosName()
    {
        _stub.Answers(ListPath, new Answer(200, """{"calls":[],"next_page_uri":null}"""));
        var day = new DateOnly(2026, 1, 31);

        await _stub.Calls.ListAsync(new CallQuery
        {
            To = "+61280000000",
            From = "sip:agent@pbx.example.com",
            ParentCallSid = TwilioStub.Call,
            Status = CallStatus.NoAnswer,
            StartedOn = day,
            StartedBefore = day,
            StartedFrom = day,
            EndedOn = day,
            EndedBefore = day,
            EndedFrom = day,
            PageSize = 1000,
        }).CountAsync();

        var query = Query(_stub.Received.Single());
        query.Keys.Order().ShouldBe(OpenApi.Api2010().ParametersOf("GET", ListPath).Except(["Page", "PageToken"]).Order());
        query["Status"].ShouldBe("no-answer");
    }

    [Fact]
    [InCulture("ar-SA")]
    public async Task ListAsync_OnOrAfterADay_IsWrittenAsTwilioDocumentsIt()
    {
        _stub.Answers(ListPath, new Answer(200, """{"calls":[]}"""));

        await _stub.Calls.ListAsync(new CallQuery { StartedFrom = new DateOnly(2026, 1, 31) }).CountAsync();

        Uri.UnescapeDataString(_stub.Received.Single().Url).ShouldEndWith("/Calls.json?StartTime>=2026-01-31");
    }

    [Fact]
    public async Task ListAsync_SeveralPages_AreFollowedOnlyAsTheyAreRead()
    {
        var second = $"{ListPath}?PageSize=1&Page=1&PageToken=PACA1";
        _stub.Answers(ListPath,
            new Answer(200, $$"""{"calls":[{{Bodies.Call}}],"next_page_uri":"{{second}}"}"""),
            new Answer(200, $$"""{"calls":[{{Bodies.CallWith("CAffffffffffffffffffffffffffffffff")}}],"next_page_uri":null}"""));

        await using var calls = _stub.Calls.ListAsync(new CallQuery { PageSize = 1 }).GetAsyncEnumerator();
        (await calls.MoveNextAsync()).ShouldBeTrue();
        _stub.Received.Count.ShouldBe(1);
        (await calls.MoveNextAsync()).ShouldBeTrue();
        (await calls.MoveNextAsync()).ShouldBeFalse();

        _stub.Received[1].Url.ShouldBe(_stub.Url + second);
    }

    [ContractFact]
    public async Task UpdateAsync_EveryParameter_IsSentUnderTwiliosName()
    {
        _stub.Answers(TwilioStub.CallPath, new Answer(200, Bodies.Call));

        await _stub.Calls.UpdateAsync(TwilioStub.Call, new UpdateCall
        {
            Status = CallEnd.Completed,
            Url = "https://app.example.com/again#rc=3",
            Method = HttpMethod.Get,
            Twiml = "<Response/>",
            FallbackUrl = "https://app.example.com/fallback",
            FallbackMethod = HttpMethod.Post,
            StatusCallback = "https://app.example.com/status",
            StatusCallbackMethod = HttpMethod.Post,
            TimeLimit = TimeSpan.FromMinutes(10),
        });

        var request = _stub.Received.Single();
        Contract.ShouldSendEverything(OpenApi.Api2010(), request);
        request["TimeLimit"].ShouldBe("600");
    }

    [Fact]
    public async Task UpdateAsync_OneParameter_SendsNoOther()
    {
        _stub.Answers(TwilioStub.CallPath, new Answer(200, Bodies.Call));

        await _stub.Calls.UpdateAsync(TwilioStub.Call, new UpdateCall { Status = CallEnd.Completed });

        _stub.Received.Single().Form.ShouldBe([new("Status", "completed")]);
    }

    [Fact]
    public async Task FetchAsync_DefaultSid_IsRefusedBeforeItIsSent()
    {
        await Should.ThrowAsync<ArgumentException>(() => _stub.Calls.FetchAsync(default));

        _stub.Received.ShouldBeEmpty();
    }

    private static Dictionary<string, string> Query(ReceivedWebhook request) =>
        QueryHelpers.ParseQuery(new Uri(request.Url).Query).ToDictionary(p => p.Key, p => p.Value.ToString());
}
