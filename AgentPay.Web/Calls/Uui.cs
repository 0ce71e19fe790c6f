using AgentPay.Web.CardData;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

/// <summary>Reads the UUI of a call: its identifier in the PBX and the key of its item in <c>uuiMap</c>.</summary>
internal static class Uui
{
    // The limit for keys in Sync. Two pages of Twilio's documentation differ; this is the stricter limit.
    // An item whose key contains a slash cannot be fetched.
    private const int MaxLength = 256;

    /// <summary>Returns the UUI without spaces and parameters; null when it is missing or cannot be a key in Sync.</summary>
    /// <remarks>
    /// Returns null for a UUI with a card number, masked or not. After masking, calls with different cards would have the same UUI.
    /// A value such as <c>616263;encoding=hex</c> is cut at the semicolon and not decoded, because the PBX and its CRM look up the call by
    /// the text that they sent.
    /// </remarks>
    public static string? Clean(string? text)
    {
        var value = text?.Split(';', 2)[0].Trim();
        var isKey = value is { Length: > 0 and <= MaxLength } and not ("." or "..") && !value.Contains('/') && OneLine.Is(value)
            && !CardNumbers.AreIn(value, TextKind.Address) && !CardNumbers.AreMaskedIn(value);
        return isKey ? value : null;
    }

    // Header names are case-insensitive.
    public static string? OfSipHeader(IFormCollection form, string header) =>
        form["SipHeader_" + header].Select(Clean).FirstOrDefault(uui => uui is not null);
}
