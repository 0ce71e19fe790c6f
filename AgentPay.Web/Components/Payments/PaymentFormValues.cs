using System.Globalization;
using System.Text.Json.Serialization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.ScreenPops;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>The values of the form as typed. They become a payment order, or a problem per field.</summary>
public sealed class PaymentFormValues
{
    public string Amount { get; set => field = value ?? ""; } = "";

    public string Currency { get; set => field = value ?? ""; } = "";

    public string Description { get; set => field = value ?? ""; } = "";

    public string Reference { get; set => field = value ?? ""; } = "";

    public string Profile { get; set; } = "";

    /// <summary>Saves the card without charging it. Always the agent's explicit choice; an empty amount never means it.</summary>
    public bool IsToken { get; set; }

    /// <summary>Slow-keying mode: the caller gets more time.</summary>
    public bool IsSlow { get; set; }

    /// <summary>The agent has confirmed that the text that looks like a card number is not one. A reload forgets it.</summary>
    [JsonIgnore] public bool IsConfirmedNoCard { get; set; }

    [JsonIgnore] public string? AmountProblem { get; private set; }

    [JsonIgnore] public string? CurrencyProblem { get; private set; }

    /// <summary>Why the description or the reference cannot be taken as it is, unless <see cref="IsConfirmedNoCard"/>.</summary>
    [JsonIgnore] public string? CardNumberProblem { get; private set; }

    /// <summary>The amount to charge in major units; null when there is no valid one.</summary>
    [JsonIgnore] public decimal? Charge => !IsToken && Typed is { Amount: > 0 and var amount } ? amount : null;

    private Currency? KnownCurrency => PaymentTypes.Currency.TryParse(Currency.Trim(), out var currency) ? currency : null;

    private AmountText Typed => AmountText.Parse(Amount, CultureInfo.CurrentCulture, KnownCurrency?.Decimals ?? 2);

    public static PaymentFormValues Of(PaymentDraft draft, PaymentProfiles profiles)
    {
        var profile = profiles.Find(draft.Profile) ?? profiles.All[0];
        return new()
        {
            Amount = AmountText.Format(draft.Amount, CultureInfo.CurrentCulture),
            Currency = string.IsNullOrWhiteSpace(draft.Currency) ? profile.Currency : draft.Currency.Trim().ToUpperInvariant(),
            Description = draft.Description ?? "",
            Reference = draft.Reference ?? "",
            Profile = profile.Name,
        };
    }

    public static PaymentFormValues Of(PaymentPlan plan, bool isSlow) => new()
    {
        Amount = AmountText.Format(plan.Amount, CultureInfo.CurrentCulture),
        Currency = plan.Currency,
        Description = plan.Description ?? "",
        Reference = plan.Reference ?? "",
        Profile = plan.Profile,
        IsToken = !plan.Charges,
        IsSlow = isSlow,
    };

    /// <summary>Null when a value is invalid; the problem is then set for its field.</summary>
    public PaymentOrder? Order(CallSid call, string? uui, IStringLocalizer<Words> l)
    {
        CurrencyProblem = KnownCurrency is null ? l["Three letters, such as USD."].Value : null;
        AmountProblem = IsToken ? null : FindAmountProblem(l);
        if (AmountProblem is not null || CurrencyProblem is not null) return null;
        return new(call, uui, Profile, Charge, KnownCurrency!.Code, Description, Reference)
        {
            IsConfirmedNoCard = IsConfirmedNoCard,
            IsSlow = IsSlow,
        };
    }

    /// <summary>Shows a refusal beside the field that it is about; false when it is not about a field.</summary>
    public bool ShowRefusal(DeskAnswer.Refused refused, IStringLocalizer<Words> l)
    {
        if (refused.Code.StartsWith("amount-", StringComparison.Ordinal)) AmountProblem = refused.In(l);
        else if (refused.Code.StartsWith("currency-", StringComparison.Ordinal)) CurrencyProblem = refused.In(l);
        else if (refused.Code == PaymentPlanner.CardNumberInText) CardNumberProblem = refused.In(l);
        else return false;
        return true;
    }

    /// <summary>Removes the question about a card number when the description or the reference changes.</summary>
    public void ForgetCardNumber() => (IsConfirmedNoCard, CardNumberProblem) = (false, null);

    private string? FindAmountProblem(IStringLocalizer<Words> l)
    {
        if (string.IsNullOrWhiteSpace(Amount)) return l["Enter the amount, or choose to save the card without charging it."];
        if (Typed.Readings is var (large, small))
            return l["This could mean {0} or {1}. Write {0} or {2}.", Number(large, "0.00"), Number(small, "0.000"), Number(small, "0.00")];
        if (Typed.Amount is not { } amount) return l["This is not an amount. Write it as {0}.", Number(1234.5m, "0.00")];
        if (amount == 0) return l["The amount must be more than zero. To save the card without charging it, choose so above."];
        if (KnownCurrency is not { } currency) return null;
        ChargeAmount.TryCreate(amount, currency, out _, out var problem);
        return problem switch
        {
            PaymentTypes.AmountProblem.None => null,
            PaymentTypes.AmountProblem.TooLarge => l["The amount must be less than {0}.", Number(1_000_000, "N0")].Value,
            _ when currency.Decimals == 0 => l["{0} has no decimals.", currency.Code].Value,
            _ => l["{0} has {1} decimals at most.", currency.Code, currency.Decimals].Value,
        };
    }

    private static string Number(decimal value, string format) => value.ToString(format, CultureInfo.CurrentCulture);
}

internal static class RefusalWords
{
    /// <summary>The reason of a refused command, with amounts in the viewer's number format.</summary>
    public static string In(this DeskAnswer.Refused refused, IStringLocalizer<Words> l) =>
        refused.Limit is { } limit ? l[limit.Words, Amounts.Show(limit.Amount, limit.Currency)] : l[refused.Words];
}
