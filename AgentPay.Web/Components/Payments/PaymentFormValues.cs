using System.Globalization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>What stands in the form, as typed; a payment order comes out of it, or what is wrong with it, field by field.</summary>
public sealed class PaymentFormValues
{
    public string Amount { get; set; } = "";

    public string Currency { get; set; } = "";

    public string Description { get; set; } = "";

    public string Reference { get; set; } = "";

    public string Profile { get; set; } = "";

    /// <summary>Save the card without charging: the agent's explicit choice, never that of an empty amount.</summary>
    public bool IsToken { get; set; }

    public string? AmountProblem { get; private set; }

    public string? CurrencyProblem { get; private set; }

    /// <summary>The amount that would be charged; null when there is none that could be.</summary>
    public decimal? Charge => !IsToken && AmountText.TryParse(Amount, CultureInfo.CurrentCulture, out var amount) && amount > 0 ? amount : null;

    public static PaymentFormValues Of(PaymentDraft draft, PaymentProfiles profiles)
    {
        var profile = profiles.Find(draft.Profile) ?? profiles.All[0];
        return new()
        {
            Amount = AmountText.Write(draft.Amount, CultureInfo.CurrentCulture),
            Currency = string.IsNullOrWhiteSpace(draft.Currency) ? profile.Currency : draft.Currency.Trim().ToUpperInvariant(),
            Description = draft.Description ?? "",
            Reference = draft.Reference ?? "",
            Profile = profile.Name,
        };
    }

    public static PaymentFormValues Of(PaymentPlan plan) => new()
    {
        Amount = AmountText.Write(plan.Amount, CultureInfo.CurrentCulture),
        Currency = plan.Currency,
        Description = plan.Description ?? "",
        Reference = plan.Reference ?? "",
        Profile = plan.Profile,
        IsToken = !plan.Charges,
    };

    /// <summary>Null when something is wrong, which then stands beside its field.</summary>
    public PaymentOrder? Order(CallSid call, string? uui, IStringLocalizer<Words> l)
    {
        CurrencyProblem = PaymentTypes.Currency.TryParse(Currency.Trim(), out var currency) ? null : l["Three letters, such as USD."].Value;
        AmountProblem = IsToken ? null : Problem(currency, l);
        if (AmountProblem is not null || CurrencyProblem is not null) return null;
        return new(call, uui, Profile, Charge, currency!.Code, Description, Reference);
    }

    /// <summary>What the desk finds wrong is said beside its field too; false when it is not about a field.</summary>
    public bool Blame(DeskAnswer.Refused refused, IStringLocalizer<Words> l)
    {
        if (refused.Code.StartsWith("amount-", StringComparison.Ordinal)) AmountProblem = refused.In(l);
        else if (refused.Code.StartsWith("currency-", StringComparison.Ordinal)) CurrencyProblem = refused.In(l);
        else return false;
        return true;
    }

    private string? Problem(Currency? currency, IStringLocalizer<Words> l)
    {
        if (string.IsNullOrWhiteSpace(Amount)) return l["Enter the amount, or choose to save the card without charging it."];
        if (!AmountText.TryParse(Amount, CultureInfo.CurrentCulture, out var amount)) return l["This is not an amount. Write it as {0}.", 1234.5m.ToString("0.00", CultureInfo.CurrentCulture)];
        if (amount == 0) return l["The amount must be more than zero. To save the card without charging it, choose so above."];
        if (currency is null) return null;
        ChargeAmount.TryCreate(amount, currency, out _, out var problem);
        return problem switch
        {
            PaymentTypes.AmountProblem.None => null,
            PaymentTypes.AmountProblem.TooLarge => l["The amount must be less than {0}.", 1_000_000.ToString("N0", CultureInfo.CurrentCulture)].Value,
            _ when currency.Decimals == 0 => l["{0} has no decimals.", currency.Code].Value,
            _ => l["{0} has {1} decimals at most.", currency.Code, currency.Decimals].Value,
        };
    }
}
