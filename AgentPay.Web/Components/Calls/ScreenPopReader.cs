using System.Globalization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Components.Calls;

/// <summary>Reads the parameters of a <see cref="ScreenPop"/>: what is good is kept, and of what is not, the problem.</summary>
internal sealed class ScreenPopReader(Dictionary<string, StringValues> query, List<string> problems, IStringLocalizer<Words> words)
{
    public (CallSid? Sid, string? Uui) Call()
    {
        var sid = Sid();
        var uui = Uui();
        if (sid is null || uui is null) return (sid, uui);
        problems.Add(words["The address names the call by callSid and by uui. The call of callSid is open; your CRM should send one of the two."]);
        return (sid, null);
    }

    public string? Currency()
    {
        if (One("currency") is not { } text) return null;
        if (PaymentTypes.Currency.TryParse(text, out var currency)) return currency.Code;
        return Refuse(words["The currency is not three letters, such as AUD. Choose it in the form."]);
    }

    public string? Profile(PaymentProfiles profiles)
    {
        if (One("profile") is not { } text) return null;
        return profiles.Find(text)?.Name ?? Refuse(words["There is no payment profile of the name that was passed on. Choose one in the form."]);
    }

    public decimal? Amount(string currency)
    {
        if (One("amount") is not { } text) return null;
        // Nothing but digits and a point: 1,250 is a thousand in one country and little more than one in another.
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && (amount == 0 || IsChargeable(amount, currency))) return amount;
        Refuse(words["The amount is not one that can be charged. It is written like 12.50, without a currency sign. Enter it in the form."]);
        return null;
    }

    public string? Text(string name, int longest)
    {
        if (One(name) is not { } text) return null;
        if (text.Length <= longest && OneLine.Is(text)) return text;
        return Refuse(words["The {0} is longer than {1} characters, or holds signs that cannot be shown. Enter it in the form.", name, longest]);
    }

    private CallSid? Sid()
    {
        if (One("callSid") is not { } text) return null;
        if (CallSid.TryParse(text, out var sid)) return sid;
        Refuse(words["The callSid is not the SID of a call, which is CA and 32 digits from 0 to f. Choose the call from the list."]);
        return null;
    }

    private string? Uui()
    {
        if (One("uui") is not { } text) return null;
        return AgentPay.Web.Calls.Uui.Clean(text) ?? Refuse(words["The uui is not one that a call can have: at most 256 characters, without a slash. Choose the call from the list."]);
    }

    /// <summary>Null for what is missing or empty, and for what is there twice and not the same.</summary>
    private string? One(string name)
    {
        var values = query.GetValueOrDefault(name).Select(value => value?.Trim()).Where(value => !string.IsNullOrEmpty(value)).Distinct().ToList();
        return values.Count <= 1 ? values.FirstOrDefault() : Refuse(words["The address has {0} more than once, with different values. None of them was used.", name]);
    }

    private static bool IsChargeable(decimal amount, string currency) =>
        PaymentTypes.Currency.TryParse(currency, out var known) && ChargeAmount.TryCreate(amount, known, out _, out _);

    private string? Refuse(string problem)
    {
        problems.Add(problem);
        return null;
    }
}
