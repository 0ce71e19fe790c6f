using AgentPay.Web.Identity;

namespace AgentPay.Web.Calls;

public enum CallFilter
{
    All,
    Mine,
    Unclaimed,
}

/// <summary>Which calls of the list the viewer wants to see.</summary>
public sealed record CallSearch(CallFilter Filter = CallFilter.All, string Text = "")
{
    private const int FewestDigits = 3;
    private const string Punctuation = "+-()/. \u00a0";

    public bool Matches(Call call, CurrentUser viewer) => Matches(Filter, call, viewer) && HasText(call);

    public static bool Matches(CallFilter filter, Call call, CurrentUser viewer) => filter switch
    {
        CallFilter.Mine => call.HolderFor(viewer) == Holder.Viewer,
        CallFilter.Unclaimed => call.HolderFor(viewer) == Holder.None,
        _ => true,
    };

    private bool HasText(Call call)
    {
        var text = Text.Trim();
        if (text.Length == 0) return true;
        var digits = DigitsOf(text);
        // A number is found in any grouping, with or without its trunk prefix: 0400 as well as 400 0.
        var isNumber = digits.Length >= FewestDigits && text.All(c => char.IsAsciiDigit(c) || Punctuation.Contains(c));
        if (isNumber && (DigitsOf(call.From).Contains(digits.TrimStart('0')) || DigitsOf(call.To).Contains(digits.TrimStart('0')))) return true;
        return new[] { call.From, call.To, call.Uui, call.PstnSid.ToString(), call.SipSid?.ToString(), call.ClaimedBy, call.ClaimedByName }
            .Any(field => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static string DigitsOf(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));
}
