using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

// Connects a customer who calls one of the account's numbers to the PBX. The caller hears nothing before the answer, so it does not wait
// until the call is stored. This instance shows the call at once; the others know it when Sync has stored it.
internal static class InboundWebhook
{
    public static IResult Handle(
        HttpRequest request,
        CallDirectory directory,
        PublicAddress address,
        TransferTwiml transfers,
        IOptions<VoiceOptions> voice,
        RefusedCalls refused,
        TimeProvider clock,
        ILogger<CallDirectory> log)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        if (!PhoneNumber.IsE164(leg.To))
        {
            refused.Add(leg.Leg, "it is not to a telephone number; calls over SIP belong to /outboundHandler");
            return Twiml.Refuse(leg.Status);
        }
        log.InboundCall(leg.Leg, new MaskedNumber(leg.From), new MaskedNumber(leg.To));
        var uui = leg.Leg.ToString();
        directory.Accept(uui, CallChanges.OfCustomer(leg));
        return Twiml.DialSip(leg.To!, uui, voice.Value, transfers.ReferUrl(uui), address.BaseUrl + CallsFeature.CallStatusPath);
    }
}
