using AgentPay.Web.CardData;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>Converts an order to a plan, or returns the reason why it is refused.</summary>
public sealed class PaymentPlanner(PaymentProfiles profiles, ILogger<PaymentPlanner> log)
{
    /// <summary>
    /// The code of a refusal because of a card number. In a description or a reference, the agent can confirm that it is none:
    /// <see cref="PaymentOrder.IsConfirmedNoCard"/>.
    /// </summary>
    public const string CardNumberInText = "card-number-in-text";

    private const int LongestText = 200;
    private const string Description = "description";
    private const string Reference = "reference";

    /// <summary>Returns either the plan or the problem.</summary>
    public (PaymentPlan? Plan, DeskAnswer.Refused? Problem) Plan(PaymentOrder order)
    {
        var cardField = CardNumberIn(order);
        var isConfirmed = order.IsConfirmedNoCard && cardField is Description or Reference;
        if (cardField is not null && !isConfirmed) return RefuseCardNumber(cardField);
        if (profiles.Find(order.Profile) is not { } profile) return (null, UnknownProfile(order.Profile));
        var code = string.IsNullOrWhiteSpace(order.Currency) ? profile.Currency : order.Currency;
        if (!Currency.TryParse(code, out var currency))
            return Refuse("currency-invalid", "The currency must be three letters, such as USD.");
        if (order.Description?.Length > LongestText || order.Reference?.Length > LongestText)
            return Refuse("text-too-long", $"Description and reference may have {LongestText} characters at most.");
        if (!IsOneLine(order.Description) || !IsOneLine(order.Reference))
        {
            return Refuse(
                "text-not-one-line",
                "Description and reference are one line of text each. "
                    + "Remove line breaks, tabs and signs that turn the direction of writing.");
        }
        var amount = order.Amount is 0 ? null : order.Amount;
        if (amount is { } value && ProblemOf(value, currency, profile) is { } problem) return (null, problem);
        return (new PaymentPlan(
            profile.Name,
            order.Connector ?? profile.Connector,
            amount,
            currency.Code,
            amount is null ? order.TokenType ?? profile.TokenType : null,
            order.Fields is { Count: > 0 } fields ? fields : PaymentProfiles.FieldsOf(profile),
            Blank(order.Description),
            Blank(order.Reference),
            order.Driver,
            profile.Attempts,
            isConfirmed,
            Blank(profile.NotPaid),
            order.IsConfirmedAgain,
            profile.Confirmation,
            profile.PauseRecording,
            profile.TimeoutFor(order.IsSlow),
            order.IsSlow), null);
    }

    /// <summary>Returns why an earlier plan is no longer possible; null when it is.</summary>
    public DeskAnswer.Refused? ProblemOf(PaymentPlan plan)
    {
        if (profiles.Find(plan.Profile) is not { } profile) return UnknownProfile(plan.Profile);
        return plan.Amount is { } amount && Currency.TryParse(plan.Currency, out var currency)
            ? ProblemOf(amount, currency, profile)
            : null;
    }

    /// <summary>Returns the plan of a payment for another start, in slow-keying mode if the payment was.</summary>
    public PaymentPlan PlanAgain(PaymentSession session) =>
        session.IsSlow && profiles.Find(session.Plan.Profile) is { } profile
            ? session.Plan with { IsSlow = true, KeyTimeout = profile.TimeoutFor(isSlow: true) }
            : session.Plan;

    private static DeskAnswer.Refused UnknownProfile(string? name) => new(
        "profile-unknown", $"There is no payment profile named '{name}'. Choose one from the list.");

    /// <summary>
    /// The name of the first field that holds a card number; null when there is none. Requests over HTTP are masked before, entries on
    /// screens are not.
    /// </summary>
    private static string? CardNumberIn(PaymentOrder order)
    {
        (string Name, string? Text)[] fields =
        [
            ("profile", order.Profile),
            ("currency", order.Currency),
            ("connector", order.Connector),
            (Description, order.Description),
            (Reference, order.Reference),
        ];
        return fields.FirstOrDefault(field => CardNumbers.AreIn(field.Text)).Name;
    }

    private (PaymentPlan?, DeskAnswer.Refused?) RefuseCardNumber(string field)
    {
        log.CardNumberTyped(field);
        return Refuse(
            CardNumberInText,
            $"There seems to be a card number in the {field}. "
                + "Remove it: nobody may write a card down, and the caller enters it on the telephone."
                + (field is Description or Reference ? " If it is no card number, confirm that and start again." : ""));
    }

    private static DeskAnswer.Refused? ProblemOf(decimal value, Currency currency, PaymentProfile profile)
    {
        if (profile.MaxAmount.Count > 0)
        {
            if (!profile.MaxAmount.TryGetValue(currency.Code, out var most))
            {
                var currencies = string.Join(", ", profile.MaxAmount.Keys.Order(StringComparer.Ordinal));
                return new(
                    "currency-without-limit",
                    $"This profile has no limit for {currency}, so it takes none. Its currencies are {currencies}.");
            }
            if (value > most)
            {
                return new("amount-too-large", FormattableString.Invariant($"This profile takes {most} {currency} at most."))
                {
                    Limit = new("This profile takes {0} at most.", most, currency.Code),
                };
            }
        }
        ChargeAmount.TryCreate(value, currency, out _, out var problem);
        return problem switch
        {
            AmountProblem.None => null,
            AmountProblem.NotPositive => new("amount-not-positive", "The amount must be more than zero."),
            AmountProblem.TooLarge => new("amount-too-large", "The amount must be less than 1,000,000.")
            {
                Limit = new("The amount must be less than {0}.", 1_000_000, currency.Code),
            },
            _ => new("amount-decimals", $"{currency} has {currency.Decimals} decimals; the amount has more."),
        };
    }

    /// <summary>Whether the trimmed text is one line.</summary>
    private static bool IsOneLine(string? text) => text is null || OneLine.Is(text.Trim());

    private static (PaymentPlan?, DeskAnswer.Refused?) Refuse(string code, string words) => (null, new(code, words));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
