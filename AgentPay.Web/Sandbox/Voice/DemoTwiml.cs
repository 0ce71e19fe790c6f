using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

// The sandbox's own TwiML, used while no webhook is configured. It connects the customer and the softphone.
internal sealed class DemoTwiml(CallerIds callerIds)
{
    public static IResult Inbound() => Xml(new XElement("Dial", new XElement("Sip", "sip:agent@pbx.example.com")));

    // Dials the number in To, or says that there is none.
    public async Task<IResult> OutboundAsync(HttpRequest request)
    {
        var to = await ReadToAsync(request);
        to = SipAddress.Parse(to)?.User ?? to;
        return E164Number.IsE164(to)
            ? Xml(new XElement("Dial", new XAttribute("callerId", callerIds.Default), new XElement("Number", to)))
            : Xml(new XElement("Say", "There is no number to dial."));
    }

    private static async Task<string> ReadToAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? (await request.ReadFormAsync())["To"].ToString() : "";
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return "";
        }
    }

    private static IResult Xml(XElement verb) => Results.Content(new XElement("Response", verb).ToString(), "text/xml");
}
