using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Twilio.TwiML;
using Twilio.TwiML.Voice;
using HttpMethod = Twilio.Http.HttpMethod;

namespace AgentPay.Web.Calls;

// Creates the answers to the webhooks of a transfer, and the URL to which Twilio reports a REFER.
internal sealed class TransferTwiml(PublicAddress address, IOptions<VoiceOptions> options)
{
    private VoiceOptions Voice => options.Value;

    // For the attribute referUrl of a Dial. Without it, Twilio rejects a REFER (13802).
    public Uri ReferUrl(string uui) => UrlOf(CallsFeature.ReferPath, uui);

    // While the former agent stays connected (AnswerOnBridge), a Dial that nobody answers gives the call back to them, so no verb follows
    // it. Otherwise Twilio requests the action URL.
    public IResult Dial(TransferTarget target, Call? call, string uui) => Twiml.Answer(
        new VoiceResponse().Append(
            DialOf(target, call, uui, action: Voice.AnswerOnBridge ? null : UrlOf(CallsFeature.ReferEndedPath, uui))));

    // With AnswerOnBridge, a request that fails leaves the customer with the agent. No TwiML does so for certain.
    public IResult Refuse(Call? call, string uui) => Voice.AnswerOnBridge
        ? Results.Text("The transfer target is not allowed", statusCode: StatusCodes.Status422UnprocessableEntity)
        : ReturnToPbx(call, uui);

    // Connects a customer without an agent to the PBX again, at the number that they called or that called them.
    public IResult ReturnToPbx(Call? call, string uui)
    {
        if (call?.Line() is not { } line || !PhoneNumber.IsE164(line))
            return Twiml.Answer(new VoiceResponse().Say("Sorry, this call could not be transferred. Goodbye.").Hangup());
        var pbx = new TransferTarget(line, $"sip:{line}@{Voice.OriginationUri}");
        return Twiml.Answer(new VoiceResponse()
            .Say("Sorry, nobody answered. You are being connected again.")
            .Append(DialOf(pbx, call, uui, action: null)));
    }

    public static IResult HangUp() => Twiml.Answer(new VoiceResponse().Hangup());

    private Dial DialOf(TransferTarget target, Call? call, string uui, Uri? action)
    {
        var callerId = target.Uri is null ? E164(call?.Line()) ?? Voice.CallerId : E164(call?.Customer());
        var dial = new Dial(action: action, answerOnBridge: Voice.AnswerOnBridge, callerId: callerId, referUrl: ReferUrl(uui));
        var progress = UrlOf(CallsFeature.ReferStatusPath, uui);
        if (target.Uri is null)
        {
            Number.EventEnum[] events =
                [Number.EventEnum.Initiated, Number.EventEnum.Ringing, Number.EventEnum.Answered, Number.EventEnum.Completed];
            return (Dial)dial.Append(new Number(
                target.Name, statusCallback: progress, statusCallbackEvent: events, statusCallbackMethod: HttpMethod.Post));
        }
        var sip = new Uri($"{target.Uri}?{Voice.InboundUuiHeader ?? Voice.UuiHeader}={Uri.EscapeDataString(uui)}");
        return (Dial)dial.Append(new Sip(
            sip, statusCallback: progress, statusCallbackEvent: Twiml.SipEvents, statusCallbackMethod: HttpMethod.Post));
    }

    private static string? E164(string? number) => PhoneNumber.IsE164(number) ? number : null;

    private Uri UrlOf(string path, string uui) => new($"{address.BaseUrl}{path}?UUI={Uri.EscapeDataString(uui)}{Twiml.Retries}");
}
