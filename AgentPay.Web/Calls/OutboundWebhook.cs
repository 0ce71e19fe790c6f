using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

// Connects a call that the PBX makes over the account's SIP domain to the customer's telephone.
internal static class OutboundWebhook
{
    public static IResult Handle(
        HttpRequest request,
        PublicAddress address,
        TransferTwiml transfers,
        IOptions<VoiceOptions> options,
        RefusedCalls refused,
        TimeProvider clock,
        ILogger<CallDirectory> log)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        var voice = options.Value;
        var dialled = DialledNumber.Read(leg.To, voice.DefaultCountry);
        if (dialled.Number is not { } number) return Refuse(leg, dialled.Problem!, refused);
        if (CallerId(leg.From, voice) is not { } callerId)
            return Refuse(leg, "its From holds no number in E.164, and Voice:CallerId is not set", refused);
        var uui = Uui.OfSipHeader(request.Form, voice.OutboundUuiHeader ?? voice.UuiHeader);
        if (uui is null) log.WithoutUui(leg.Leg, voice.OutboundUuiHeader ?? voice.UuiHeader);
        log.OutboundCall(leg.Leg, new MaskedNumber(number), new MaskedNumber(callerId));
        uui ??= leg.Leg.ToString();
        var callback = $"{address.BaseUrl}{CallsFeature.OutboundSyncUpdatePath}?UUI={Uri.EscapeDataString(uui)}";
        return Twiml.DialNumber(number, callerId, voice, transfers.ReferUrl(uui), callback);
    }

    private static string? CallerId(string? from, VoiceOptions voice) =>
        PhoneNumber.IsE164(from) ? from : DialledNumber.Read(from, voice.DefaultCountry).Number ?? voice.CallerId;

    private static IResult Refuse(LegReport leg, string reason, RefusedCalls refused)
    {
        refused.Add(leg.Leg, reason);
        return Twiml.Refuse(leg.Status);
    }
}
