using System.Globalization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.ScreenPops;

/// <summary>Reads the parameters of a <see cref="ScreenPop"/>. Each invalid parameter adds a message to the problems.</summary>
internal sealed class ScreenPopReader(Dictionary<string, StringValues> query, List<string> problems, IStringLocalizer<Words> words)
{
    public (CallSid? Sid, string? Uui) Call()
    {
        var sid = Sid();
        var uui = Uui();
        if (sid is null || uui is null) return (sid, uui);
        problems.Add(words["The address has both callSid and uui. callSid was used; your CRM should send only one of them."]);
        return (sid, null);
    }

    public string? Currency()
    {
        if (One("currency") is not { } text) return null;
        if (PaymentTypes.Currency.TryParse(text, out var currency)) return currency.Code;
        return Refuse(words["The currency must be a three-letter code such as AUD. Choose it in the form."]);
    }

    public string? Profile(PaymentProfiles profiles)
    {
        if (One("profile") is not { } text) return null;
        return profiles.Find(text)?.Name ?? Refuse(words["There is no payment profile with that name. Choose one in the form."]);
    }

    public decimal? Amount(string currency)
    {
        if (One("amount") is not { } text) return null;
        // Only digits and a point are allowed. The meaning of 1,250 depends on the country.
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount);
        if (isNumber && (amount == 0 || IsChargeable(amount, currency))) return amount;
        Refuse(words["The amount is not valid. It must be written like 12.50, without a currency sign. Enter it in the form."]);
        return null;
    }

    public string? Text(string name, int longest)
    {
        if (One(name) is not { } text) return null;
        if (text.Length <= longest && OneLine.Is(text)) return text;
        return Refuse(words["The {0} is longer than {1} characters or contains control characters. Enter it in the form.", name, longest]);
    }

    private CallSid? Sid()
    {
        if (One("callSid") is not { } text) return null;
        if (CallSid.TryParse(text, out var sid)) return sid;
        Refuse(words["The callSid is not valid: it must be CA followed by 32 hexadecimal characters. Choose the call from the list."]);
        return null;
    }

    private string? Uui()
    {
        if (One("uui") is not { } text) return null;
        return AgentPay.Web.Calls.Uui.Clean(text)
            ?? Refuse(words["The uui is not valid: it can have up to 256 characters and no slash. Choose the call from the list."]);
    }

    // Null if the parameter is missing or empty, or is given more than once with different values.
    private string? One(string name)
    {
        var values = query.GetValueOrDefault(name).Select(value => value?.Trim()).Where(value => !string.IsNullOrEmpty(value)).Distinct();
        return values.Count() <= 1
            ? values.FirstOrDefault()
            : Refuse(words["The address contains {0} more than once, with different values. None of them was used.", name]);
    }

    private static bool IsChargeable(decimal amount, string currency) =>
        PaymentTypes.Currency.TryParse(currency, out var known) && ChargeAmount.TryCreate(amount, known, out _, out _);

    private string? Refuse(string problem)
    {
        problems.Add(problem);
        return null;
    }
}
