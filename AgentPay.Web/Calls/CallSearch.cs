using AgentPay.Web.Identity;

namespace AgentPay.Web.Calls;

public enum CallFilter
{
    All,
    Mine,
    Unclaimed,
}

/// <summary>Filters the call list by claim and text.</summary>
public sealed record CallSearch(CallFilter Filter = CallFilter.All, string Text = "")
{
    private const int MinDigits = 3;
    private const string Punctuation = "+-()/. \u00a0";

    public bool Matches(Call call, CurrentUser viewer) => Matches(Filter, call, viewer) && HasText(call);

    public static bool Matches(CallFilter filter, Call call, CurrentUser viewer) => filter switch
    {
        CallFilter.Mine => call.HolderFor(viewer) == Holder.Viewer,
        CallFilter.Unclaimed => call.HolderFor(viewer) == Holder.None || (call.IsOffered && call.HolderFor(viewer) == Holder.Other),
        _ => true,
    };

    private bool HasText(Call call)
    {
        var text = Text.Trim();
        if (text.Length == 0) return true;
        var digits = DigitsOf(text);
        // Ignores grouping and the trunk prefix: both "0400" and "400 0" find +61 400 000 000.
        var isNumber = digits.Length >= MinDigits && text.All(c => char.IsAsciiDigit(c) || Punctuation.Contains(c));
        if (isNumber && (HasDigits(call.From, digits) || HasDigits(call.To, digits))) return true;
        return new[] { call.From, call.To, call.Uui, call.PstnSid.ToString(), call.SipSid?.ToString(), call.ClaimedBy, call.ClaimedByName }
            .Any(field => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static bool HasDigits(string? number, string digits) => DigitsOf(number).Contains(digits.TrimStart('0'));

    private static string DigitsOf(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));
}
