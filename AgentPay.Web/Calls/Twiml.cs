using System.Text;
using System.Xml.Linq;
using AgentPay.Web.PaymentTypes;
using Twilio.TwiML;
using Twilio.TwiML.Voice;
using HttpMethod = Twilio.Http.HttpMethod;

namespace AgentPay.Web.Calls;

/// <summary>The TwiML that AgentPay answers: twilio.com/docs/voice/twiml.</summary>
internal static class Twiml
{
    private const string Retries = "#rc=3&rp=ct,rt,5xx";

    /// <summary>Connects a customer to the PBX and sends it the UUI.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="callback">Receives every progress event of the PBX's leg.</param>
    public static IResult DialSip(string number, string uui, VoiceOptions voice, string callback)
    {
        var uri = new Uri($"sip:{number}@{voice.OriginationUri}?{voice.InboundUuiHeader ?? voice.UuiHeader}={Uri.EscapeDataString(uui)}");
        Sip.EventEnum[] events = [Sip.EventEnum.Initiated, Sip.EventEnum.Ringing, Sip.EventEnum.Answered, Sip.EventEnum.Completed];
        var sip = new Sip(uri, statusCallback: new(callback + Retries), statusCallbackEvent: events, statusCallbackMethod: HttpMethod.Post);
        return Answer(new VoiceResponse().Append(new Dial(answerOnBridge: voice.AnswerOnBridge).Append(sip)));
    }

    /// <summary>Connects the PBX to a customer.</summary>
    /// <param name="number">E.164, as is <paramref name="callerId"/>.</param>
    /// <param name="callback">Receives an event when the customer answers, and when their leg ends.</param>
    public static IResult DialNumber(string number, string callerId, VoiceOptions voice, string callback)
    {
        Number.EventEnum[] events = [Number.EventEnum.Answered, Number.EventEnum.Completed];
        var progress = new Uri(callback + Retries);
        var customer = new Number(number, statusCallback: progress, statusCallbackEvent: events, statusCallbackMethod: HttpMethod.Post);
        return Answer(new VoiceResponse().Append(new Dial(answerOnBridge: voice.AnswerOnBridge, callerId: callerId).Append(customer)));
    }

    /// <summary>Rejects a call: unanswered, and so not billed, where that is still possible.</summary>
    public static IResult Refuse(CallStatus status) => Answer(status == CallStatus.InProgress
        ? new VoiceResponse().Say("Sorry, this call cannot be connected. Goodbye.").Hangup()
        : new VoiceResponse().Reject());

    private static IResult Answer(VoiceResponse response) =>
        Results.Content(response.ToString(SaveOptions.DisableFormatting), "text/xml", Encoding.UTF8);
}
