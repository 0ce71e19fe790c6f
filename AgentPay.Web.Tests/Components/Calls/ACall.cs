using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>Calls for tests, with default values.</summary>
public static class ACall
{
    public static Call Inbound(string? from = Forms.Customer, string? claimedBy = null, CallStatus status = CallStatus.InProgress,
        DateTimeOffset? at = null)
    {
        var leg = CallsFixture.NewCall();
        return new() { Uui = leg.ToString(), PstnSid = leg, From = from, To = Forms.Merchant, Direction = CallDirection.Inbound,
            Status = status, ClaimedBy = claimedBy, At = at };
    }

    public static Call Outbound(string uui, bool isUnlinked = false) => new()
    {
        Uui = uui,
        PstnSid = CallsFixture.NewCall(),
        SipSid = CallsFixture.NewCall(),
        From = Forms.Merchant,
        To = Forms.Customer,
        Direction = CallDirection.Outbound,
        Status = CallStatus.InProgress,
        IsUnlinked = isUnlinked,
    };
}
