using AgentPay.Web.CardData;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

/// <summary>The UUI of a call: what the PBX and AgentPay both know it by, and the key of its item in <c>uuiMap</c>.</summary>
internal static class Uui
{
    // Sync's keys: 256 characters by the stricter of its two pages, and a slash makes an item that cannot be found again.
    private const int Longest = 256;

    /// <summary>The UUI without blanks and parameters around it; null when there is none, or none that can be a key of Sync.</summary>
    /// <remarks>
    /// A UUI with a card number in it, masked or not, is none: masked, it would be the same for the calls of different cards.
    /// A value such as <c>616263;encoding=hex</c> is cut at the semicolon and kept as it stands, not decoded: the PBX and its CRM look the call
    /// up by the text that they have sent.
    /// </remarks>
    public static string? Clean(string? text)
    {
        var value = text?.Split(';', 2)[0].Trim();
        var isKey = value is { Length: > 0 and <= Longest } and not ("." or "..") && !value.Contains('/') && OneLine.Is(value)
            && !CardNumbers.AreIn(value, TextKind.Address) && !CardNumbers.AreMaskedIn(value);
        return isKey ? value : null;
    }

    /// <summary>The UUI of a call that has come over SIP. Header names are the same in capital and small letters.</summary>
    public static string? OfSipHeader(IFormCollection form, string header) => form["SipHeader_" + header].Select(Clean).FirstOrDefault(uui => uui is not null);
}
