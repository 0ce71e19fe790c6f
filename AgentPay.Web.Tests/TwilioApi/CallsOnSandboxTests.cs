using System.Net;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Our client of the Calls API against the sandbox, over HTTP.</summary>
public sealed class CallsOnSandboxTests(TwilioSandbox sandbox) : IClassFixture<TwilioSandbox>
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(new ManualClock().GetUtcNow().UtcDateTime);

    /// <summary>Filters that find one ended call of that day and filters that do not, by what they are about.</summary>
    public static TheoryData<string, Func<CallLeg, CallQuery>, Func<CallLeg, CallQuery>> Filters => new()
    {
        { "To", call => new() { To = call.To }, _ => new() { To = "+61280000001" } },
        { "From", call => new() { From = call.From }, _ => new() { From = "sip:nobody@pbx.example.com" } },
        { "ParentCallSid", call => new() { ParentCallSid = call.ParentCallSid }, call => new() { ParentCallSid = call.Sid } },
        { "Status", _ => new() { Status = CallStatus.Completed }, _ => new() { Status = CallStatus.InProgress } },
        { "StartedOn", _ => new() { StartedOn = Day }, _ => new() { StartedOn = Day.AddDays(1) } },
        { "StartedBefore", _ => new() { StartedBefore = Day.AddDays(1) }, _ => new() { StartedBefore = Day } },
        { "StartedFrom", _ => new() { StartedFrom = Day }, _ => new() { StartedFrom = Day.AddDays(1) } },
        { "EndedOn", _ => new() { EndedOn = Day }, _ => new() { EndedOn = Day.AddDays(-1) } },
        { "EndedBefore", _ => new() { EndedBefore = Day.AddDays(1) }, _ => new() { EndedBefore = Day } },
        { "EndedFrom", _ => new() { EndedFrom = Day }, _ => new() { EndedFrom = Day.AddDays(1) } },
    };

    [Fact]
    public async Task Fetch_OfACall_ReadsBothLegs()
    {
        var parent = await sandbox.CallInAsync();
        var dialled = await ChildOfAsync(parent);

        (await sandbox.Calls.FetchAsync(parent)).ShouldSatisfyAllConditions(
            call => (call.Sid, call.ParentCallSid, call.Direction, call.Status).ShouldBe((parent, null, "inbound", CallStatus.InProgress)),
            call => (call.From, call.To).ShouldBe((SandboxControl.Customer, SandboxControl.Business)),
            call => (call.StartTime, call.EndTime).ShouldBe((sandbox.Clock.GetUtcNow(), null)));
        (await sandbox.Calls.FetchAsync(dialled)).ShouldSatisfyAllConditions(
            call => (call.Sid, call.ParentCallSid, call.Direction).ShouldBe((dialled, parent, "outbound-dial")),
            call => call.To.ShouldBe("sip:agent@pbx.example.com"));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_WithAFilter_FindsWhatFitsAndNothingElse(string filter, Func<CallLeg, CallQuery> fitting, Func<CallLeg, CallQuery> other)
    {
        var parent = await sandbox.CallInAsync();
        var child = await sandbox.Calls.FetchAsync(await ChildOfAsync(parent));
        await sandbox.App.Control.HangUpAsync(parent.ToString());

        (await SidsAsync(fitting(child))).ShouldContain(child.Sid, filter);
        (await SidsAsync(other(child))).ShouldNotContain(child.Sid, filter);
    }

    [Fact]
    public async Task List_WithEveryFilterAtOnce_FindsTheCall()
    {
        var parent = await sandbox.CallInAsync();
        var child = await sandbox.Calls.FetchAsync(await ChildOfAsync(parent));
        await sandbox.App.Control.HangUpAsync(parent.ToString());

        var everything = new CallQuery
        {
            To = child.To, From = child.From, ParentCallSid = parent, Status = CallStatus.Completed, PageSize = 1000,
            StartedOn = Day, StartedBefore = Day.AddDays(1), StartedFrom = Day, EndedOn = Day, EndedBefore = Day.AddDays(1), EndedFrom = Day,
        };

        (await SidsAsync(everything)).ShouldBe([child.Sid]);
    }

    [Fact]
    public async Task List_WithEveryStatus_IsAccepted()
    {
        foreach (var status in Enum.GetValues<CallStatus>().Except([CallStatus.Unknown])) await SidsAsync(new() { Status = status });
    }

    [Fact]
    public async Task List_OverManyPages_FindsEachCallOnceNewestFirst()
    {
        const string from = "+61400000077";
        var made = new List<CallSid>();
        for (var call = 0; call < 53; call++) made.Add(await sandbox.CallInAsync(answer: false, from: from, to: SandboxControl.Business));

        (await SidsAsync(new() { To = SandboxControl.Business, From = from })).ShouldBe(Enumerable.Reverse(made));
        (await SidsAsync(new() { To = SandboxControl.Business, From = from, PageSize = 7 })).ShouldBe(Enumerable.Reverse(made));
    }

    [Fact]
    public async Task Fetch_OfAnUnknownCall_IsNotFoundUnderTwiliosRequestId()
    {
        var unknown = CallSid.Parse("CA" + new string('0', 32));

        var error = await Should.ThrowAsync<TwilioException>(() => sandbox.Calls.FetchAsync(unknown));

        (error.Status, error.Code, error.IsNotFound).ShouldBe((HttpStatusCode.NotFound, 20404, true));
        error.RequestId.ShouldNotBeNull().ShouldMatch("^RQ[0-9a-f]{32}$");
    }

    [Fact]
    public async Task Fetch_WithAWrongToken_IsRefusedAsTwilioDoes()
    {
        await using var stranger = sandbox.ClientsWith("another-token");

        var error = await Should.ThrowAsync<TwilioException>(async () => await stranger.Calls.FetchAsync(await sandbox.CallInAsync()));

        (error.Status, error.Code).ShouldBe((HttpStatusCode.Unauthorized, 20003));
    }

    private async Task<CallSid> ChildOfAsync(CallSid parent) => CallSid.Parse((await sandbox.App.Control.ChildrenAsync(parent.ToString())).Single());

    private ValueTask<List<CallSid>> SidsAsync(CallQuery query) => sandbox.Calls.ListAsync(query).Select(call => call.Sid).ToListAsync();
}
