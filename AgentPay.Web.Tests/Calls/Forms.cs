using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>The parameters of Twilio's voice webhooks.</summary>
public static class Forms
{
    public const string Customer = "+61400000123";
    public const string Merchant = "+61280000456";

    /// <summary>A customer calls a number of the account, or that leg goes on.</summary>
    public static (string, string)[] CallsIn(CallSid call, string status = "ringing", string from = Customer, string to = Merchant) =>
    [
        ("AccountSid", "AC00000000000000000000000000000000"), ("ApiVersion", "2010-04-01"), ("CallSid", call.ToString()),
        ("CallStatus", status),
        ("Direction", "inbound"), ("From", from), ("To", to),
    ];

    /// <summary>The PBX calls out over the SIP domain.</summary>
    public static (string, string)[] CallsOut(CallSid call, string? uui, string to = $"sip:{Customer}@agentpay.sip.twilio.com",
        string from = $"sip:{Merchant}@pbx.example.org", string status = "ringing") =>
    [
        .. CallsIn(call, status, from, to),
        .. uui is null ? Array.Empty<(string, string)>() : [("SipHeader_User-to-User", uui)],
    ];

    /// <summary>The PBX's leg of a call that came in.</summary>
    public static (string, string)[] PbxLeg(CallSid leg, CallSid customer, string status, int sequence = 0) =>
        Leg(leg, customer, status, Customer, $"sip:{Merchant}@pbx.example.org:5080?User-to-User={customer}", sequence);

    /// <summary>The customer's leg of a call that the PBX has made.</summary>
    /// <param name="at">Seconds after 9:00.</param>
    public static (string, string)[] CustomerLeg(CallSid leg, CallSid pbx, string status, int at = 0) =>
        Leg(leg, pbx, status, Merchant, Customer, at);

    private static (string, string)[] Leg(CallSid leg, CallSid parent, string status, string from, string to, int sequence) =>
    [
        ("CallSid", leg.ToString()), ("ParentCallSid", parent.ToString()), ("CallStatus", status), ("Direction", "outbound-dial"),
        ("From", from), ("To", to),
        ("Timestamp", $"Sun, 22 Nov 2026 09:00:{sequence:00} +0000"), ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", $"{sequence}"),
    ];
}
