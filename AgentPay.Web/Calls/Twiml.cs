using System.Text;
using System.Xml.Linq;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>The TwiML that AgentPay answers: twilio.com/docs/voice/twiml.</summary>
internal static class Twiml
{
    private const string Retries = "#rc=3&rp=ct,rt,5xx";

    /// <summary>Puts a customer through to the PBX, and tells it the UUI.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="callback">Told of every step of the PBX's leg.</param>
    public static IResult DialSip(string number, string uui, VoiceOptions voice, string callback) => Answer(new XElement(
        "Dial",
        AnswerOnBridge(voice),
        new XElement("Sip", Progress(callback, "initiated ringing answered completed"), $"sip:{number}@{voice.OriginationUri}?{voice.InboundUuiHeader}={Uri.EscapeDataString(uui)}")));

    /// <summary>Puts the PBX through to a customer.</summary>
    /// <param name="number">E.164, as is <paramref name="callerId"/>.</param>
    /// <param name="callback">Told when the customer answers, and when their leg ends.</param>
    public static IResult DialNumber(string number, string callerId, VoiceOptions voice, string callback) => Answer(new XElement(
        "Dial",
        new XAttribute("callerId", callerId),
        AnswerOnBridge(voice),
        new XElement("Number", Progress(callback, "answered completed"), number)));

    /// <summary>Turns a call away: unanswered, and so unbilled, where that is still possible.</summary>
    public static IResult Refuse(CallStatus status) => status == CallStatus.InProgress
        ? Answer(new XElement("Say", "Sorry, this call cannot be connected. Goodbye."), new XElement("Hangup"))
        : Answer(new XElement("Reject"));

    private static XAttribute AnswerOnBridge(VoiceOptions voice) => new("answerOnBridge", voice.AnswerOnBridge);

    private static XAttribute[] Progress(string callback, string events) =>
        [new("statusCallback", callback + Retries), new("statusCallbackEvent", events), new("statusCallbackMethod", "POST")];

    private static IResult Answer(params XElement[] verbs) =>
        Results.Content("""<?xml version="1.0" encoding="UTF-8"?>""" + new XElement("Response", verbs).ToString(SaveOptions.DisableFormatting), "text/xml", Encoding.UTF8);
}
