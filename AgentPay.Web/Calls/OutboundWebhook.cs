using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

/// <summary>The PBX calls out over the account's SIP domain: it is put through to the customer's telephone.</summary>
internal static class OutboundWebhook
{
    public static IResult Handle(HttpRequest request, PublicAddress address, IOptions<VoiceOptions> voice, TimeProvider clock, ILogger<CallDirectory> log)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        if (PhoneNumber.OfSip(leg.To) is not { } number) return Refuse(leg, "its To is not a SIP URI with a number in E.164", log);
        if (CallerId(leg.From, voice.Value) is not { } callerId) return Refuse(leg, "its From holds no number in E.164, and Voice:CallerId is not set", log);
        var uui = Uui.OfSipHeader(request.Form, voice.Value.UuiHeader);
        if (uui is null) log.Unlinked(leg.Leg, voice.Value.UuiHeader);
        log.GoesOut(leg.Leg, new MaskedNumber(number), new MaskedNumber(callerId));
        var callback = $"{address.BaseUrl}{CallsFeature.OutboundSyncUpdatePath}?UUI={Uri.EscapeDataString(uui ?? leg.Leg.ToString())}";
        return Twiml.DialNumber(number, callerId, voice.Value, callback);
    }

    private static string? CallerId(string? from, VoiceOptions voice) =>
        PhoneNumber.IsE164(from) ? from : PhoneNumber.OfSip(from) ?? voice.CallerId;

    private static IResult Refuse(LegReport leg, string reason, ILogger log)
    {
        log.Rejected(leg.Leg, reason);
        return Twiml.Refuse(leg.Status);
    }
}
