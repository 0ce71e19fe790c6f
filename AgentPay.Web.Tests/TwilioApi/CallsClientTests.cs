using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

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
    [InCulture("ar-SA")]
    public async Task ListAsync_OfAParent_SendsTwiliosFilters()
    {
        _stub.Answers(ListPath, new Answer(200, """{"calls":[],"next_page_uri":null}"""));

        await _stub.Calls.ListAsync(TwilioStub.Call, pageSize: 1000).CountAsync();

        var request = _stub.Received.Single();
        request.Url.ShouldEndWith($"/Calls.json?ParentCallSid={TwilioStub.Call}&PageSize=1000");
        OpenApi.Api2010().ParametersOf("GET", ListPath).ShouldContain("ParentCallSid");
    }

    [Fact]
    public async Task ListAsync_SeveralPages_AreFollowedOnlyAsTheyAreRead()
    {
        var second = $"{ListPath}?PageSize=1&Page=1&PageToken=PACA1";
        _stub.Answers(ListPath,
            new Answer(200, $$"""{"calls":[{{Bodies.Call}}],"next_page_uri":"{{second}}"}"""),
            new Answer(200, $$"""{"calls":[{{Bodies.CallWith("CAffffffffffffffffffffffffffffffff")}}],"next_page_uri":null}"""));

        await using var calls = _stub.Calls.ListAsync(pageSize: 1).GetAsyncEnumerator();
        (await calls.MoveNextAsync()).ShouldBeTrue();
        _stub.Received.Count.ShouldBe(1);
        (await calls.MoveNextAsync()).ShouldBeTrue();
        (await calls.MoveNextAsync()).ShouldBeFalse();

        _stub.Received[1].Url.ShouldBe(_stub.Url + second);
    }

    [Fact]
    public async Task FetchAsync_DefaultSid_IsRefusedBeforeItIsSent()
    {
        await Should.ThrowAsync<ArgumentException>(() => _stub.Calls.FetchAsync(default));

        _stub.Received.ShouldBeEmpty();
    }
}
