using System.Net;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>The Calls client against the sandbox, over HTTP.</summary>
public sealed class CallsOnSandboxTests(TwilioSandbox sandbox) : IClassFixture<TwilioSandbox>
{
    [Fact]
    public async Task Fetch_OfACall_ReadsBothLegs()
    {
        var parent = await sandbox.CallInAsync();
        var dialled = await ChildOfAsync(parent);

        (await sandbox.Calls.FetchAsync(parent)).ShouldSatisfyAllConditions(
            call => (call.Sid, call.ParentCallSid, call.Direction, call.Status).ShouldBe((parent, null, "inbound", CallStatus.InProgress)),
            call => (call.From, call.To).ShouldBe((SandboxControl.Customer, SandboxControl.Business)),
            call => call.StartTime.ShouldBe(sandbox.Clock.GetUtcNow()));
        (await sandbox.Calls.FetchAsync(dialled)).ShouldSatisfyAllConditions(
            call => (call.Sid, call.ParentCallSid, call.Direction).ShouldBe((dialled, parent, "outbound-dial")),
            call => call.To.ShouldBe("sip:agent@pbx.example.com"));
    }

    [Fact]
    public async Task List_OfAParent_FindsItsChildrenAndNothingElse()
    {
        var parent = await sandbox.CallInAsync();
        var child = await ChildOfAsync(parent);

        (await SidsAsync(parent)).ShouldBe([child]);
        (await SidsAsync(child)).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_OverManyPages_FindsEachCallOnceNewestFirst()
    {
        const string from = "+61400000077";
        var made = new List<CallSid>();
        for (var call = 0; call < 53; call++) made.Add(await sandbox.CallInAsync(answer: false, from: from, to: SandboxControl.Business));

        foreach (var pageSize in new int?[] { null, 7 })
        {
            var listed = await sandbox.Calls.ListAsync(pageSize: pageSize)
                .Where(call => call.From == from && call.To == SandboxControl.Business)
                .Select(call => call.Sid)
                .ToListAsync();
            listed.ShouldBe(Enumerable.Reverse(made));
        }
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

    private async Task<CallSid> ChildOfAsync(CallSid parent) =>
        CallSid.Parse((await sandbox.App.Control.ChildrenAsync(parent.ToString())).Single());

    private ValueTask<List<CallSid>> SidsAsync(CallSid parent) => sandbox.Calls.ListAsync(parent).Select(call => call.Sid).ToListAsync();
}
