using System.Text;
using System.Xml.Linq;
using AgentPay.Web.PaymentTypes;
using Twilio.TwiML;
using Twilio.TwiML.Voice;
using HttpMethod = Twilio.Http.HttpMethod;

namespace AgentPay.Web.Calls;

// Creates TwiML answers: twilio.com/docs/voice/twiml.
internal static class Twiml
{
    // Connection overrides: Twilio retries a callback up to three times after a connection or read timeout or a 5xx answer.
    public const string Retries = "#rc=3&rp=ct,rt,5xx";

    public static readonly Sip.EventEnum[] SipEvents =
        [Sip.EventEnum.Initiated, Sip.EventEnum.Ringing, Sip.EventEnum.Answered, Sip.EventEnum.Completed];

    // Connects a customer to the PBX and sends the UUI to it. The number is in E.164.
    // The callback receives all progress events of the PBX's leg. A REFER of the PBX is sent to referUrl.
    public static IResult DialSip(string number, string uui, VoiceOptions voice, Uri referUrl, string callback)
    {
        var uri = new Uri($"sip:{number}@{voice.OriginationUri}?{voice.InboundUuiHeader ?? voice.UuiHeader}={Uri.EscapeDataString(uui)}");
        var sip = new Sip(
            uri, statusCallback: new(callback + Retries), statusCallbackEvent: SipEvents, statusCallbackMethod: HttpMethod.Post);
        return Answer(new VoiceResponse().Append(new Dial(answerOnBridge: voice.AnswerOnBridge, referUrl: referUrl).Append(sip)));
    }

    // Connects the PBX to a customer. Both numbers are in E.164.
    // The callback receives an event when the customer answers and when their leg ends.
    public static IResult DialNumber(string number, string callerId, VoiceOptions voice, Uri referUrl, string callback)
    {
        Number.EventEnum[] events = [Number.EventEnum.Answered, Number.EventEnum.Completed];
        var progress = new Uri(callback + Retries);
        var customer = new Number(number, statusCallback: progress, statusCallbackEvent: events, statusCallbackMethod: HttpMethod.Post);
        var dial = new Dial(answerOnBridge: voice.AnswerOnBridge, callerId: callerId, referUrl: referUrl);
        return Answer(new VoiceResponse().Append(dial.Append(customer)));
    }

    // A call that Twilio has not answered yet is rejected, so it is not billed.
    public static IResult Refuse(CallStatus status) => Answer(status == CallStatus.InProgress
        ? new VoiceResponse().Say("Sorry, this call cannot be connected. Goodbye.").Hangup()
        : new VoiceResponse().Reject());

    public static IResult Answer(VoiceResponse response) =>
        Results.Content(response.ToString(SaveOptions.DisableFormatting), "text/xml", Encoding.UTF8);
}
