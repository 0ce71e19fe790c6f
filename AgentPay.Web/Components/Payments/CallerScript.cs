using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>What the agent says to the caller at each step.</summary>
public static class CallerScript
{
    private const int LongestCodeReadInFull = 12;

    /// <summary>The line to say now; empty when there is nothing to say.</summary>
    public static string Line(PaymentScreen screen, IStringLocalizer<Words> l) => screen switch
    {
        { HasCallEnded: true } or { Session: null } => "",
        { IsTwilioSlow: true } => Wait(l),
        _ => Line(screen.Session, l),
    };

    private static string Line(PaymentSession session, IStringLocalizer<Words> l) => session.Phase switch
    {
        PaymentPhase.Starting => l["One moment please: I am opening a secure payment. I will not hear what you type."],
        PaymentPhase.Capturing => Asking(session, l),
        PaymentPhase.Ready => Ready(session, l),
        PaymentPhase.Confirming => l["You will hear the last four digits of your number. Please press 1 to confirm."],
        PaymentPhase.Submitting => l["Thank you. One moment please while the payment is processed."],
        PaymentPhase.Cancelling => l["I am stopping the payment. Nothing will be charged."],
        PaymentPhase.Succeeded => Success(session, l),
        _ when PaymentResult.Of(session).ToCaller is { Length: > 0 } text => l[text],
        _ => "",
    };

    private static string Asking(PaymentSession session, IStringLocalizer<Words> l)
    {
        if (session.Rows.FirstOrDefault(row => row.IsOpen) is { } open)
        {
            var ask = FieldWords.Of(open.Field, l).ToCaller;
            return open.Error is { } reason ? l["I am sorry. {0} {1}", l[EntryProblem.Of(reason).ToCaller], ask]
                : open.Asked > 1 ? l["Let us try that once more. {0}", ask]
                : ask;
        }
        return session.Current is { } current && session.Row(current) is { Error: { } error }
            ? l["I am sorry. {0} In a moment I will ask you to enter it again.", l[EntryProblem.Of(error).ToCaller]]
            : Wait(l);
    }

    private static string Ready(PaymentSession session, IStringLocalizer<Words> l)
    {
        var ending = Ending(session);
        var isAccount = session.Row(CaptureField.BankAccountNumber) is not null;
        var amount = session.Plan.Amount is { } value ? Amounts.Show(value, session.Plan.Currency) : null;
        return (amount, ending) switch
        {
            (null, "") => l["I will now save your card. Is that all right?"],
            (null, _) => l["I will now save your card ending {0}. Is that all right?", ending],
            (_, "") => l["I will now take {0}. Is that all right?", amount],
            _ when isAccount => l["I will now take {0} from your account ending {1}. Is that all right?", amount, ending],
            _ => l["I will now take {0} from your card ending {1}. Is that all right?", amount, ending],
        };
    }

    private static string Success(PaymentSession session, IStringLocalizer<Words> l)
    {
        if (session.Plan.Amount is not { } amount) return l["Your card has been saved. Thank you."];
        var paid = l["Thank you, your payment of {0} has been taken.", Amounts.Show(amount, session.Plan.Currency)].Value;
        return session.Outcome?.Confirmation switch
        {
            { Length: > LongestCodeReadInFull } code =>
                $"{paid} {l["Your confirmation code ends with {0}.", FieldWords.Spell(code[^6..])]}",
            { Length: > 0 } code => $"{paid} {l["Your confirmation code is {0}.", FieldWords.Spell(code)]}",
            _ => paid,
        };
    }

    private static string Wait(IStringLocalizer<Words> l) => l["One moment please. I will tell you what to enter next."];

    private static string Ending(PaymentSession session)
    {
        var number = session.Row(CaptureField.PaymentCardNumber) ?? session.Row(CaptureField.BankAccountNumber);
        return FieldWords.Spell(MaskedEntry.LastDigits(number?.Shown));
    }
}
