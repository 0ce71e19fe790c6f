using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Tests.Calls;

/// <summary>A call that has come in, and two instances on which agents claim it.</summary>
public abstract class ClaimTest(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    protected const string Alice = "alice@example.com";
    protected const string Bob = "bob@example.com";

    protected CallSid Customer { get; } = CallsFixture.NewCall();

    protected CallSid Pbx { get; } = CallsFixture.NewCall();

    protected CallsApp Here { get; private set; } = null!;

    protected CallsApp There { get; private set; } = null!;

    protected UuiMap Map { get; private set; } = null!;

    protected string Uui => Customer.ToString();

    protected CallsFixture Fixture => fixture;

    public async Task InitializeAsync()
    {
        (Here, Map) = await fixture.StartAsync();
        There = await CallsApp.StartAsync(fixture.Sandbox, Map.Service);
        await Here.PostAsync("/inboundHandler", Forms.CallsIn(Customer));
    }

    public async Task DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }
}
