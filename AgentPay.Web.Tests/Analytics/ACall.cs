using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Analytics;

internal static class ACall
{
    public const string SidText = "CA0123456789abcdef0123456789abcdef";

    public static readonly CallSid Sid = CallSid.Parse(SidText);
}
