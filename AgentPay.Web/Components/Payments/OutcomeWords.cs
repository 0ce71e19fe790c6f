using System.Globalization;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>Whether trying again can help after a payment that was not taken.</summary>
public enum Retry
{
    Helps,

    /// <summary>Only with other details.</summary>
    AfterEdit,

    /// <summary>The gateway may have charged the card; it must be checked first.</summary>
    AfterCheck,

    /// <summary>Only an administrator can solve the problem.</summary>
    CannotHelp,
}

/// <summary>How a payment ended, in the agent's words. The heading, the outcome panel, the timeline and the announcements all use this table.</summary>
/// <param name="Label">The state in one to three words.</param>
/// <param name="What">What happened, a sentence.</param>
/// <param name="Money">What it means for the customer's money.</param>
/// <param name="Next">What the agent should do.</param>
/// <param name="ToCaller">What to say to the caller; empty when nothing is to be said.</param>
public sealed record OutcomeWords(
    string Label, Tone Tone, string What, string Money, string Next, string ToCaller, Retry Retry = Retry.Helps)
{
    private const string NotCharged = "The customer has not been charged.";
    private const string CheckFirst = "Make sure in the payment gateway that nothing was charged before you try again.";
    private const string SayDeclined = "I am sorry, your bank has declined the card. Would you like to try again, or use another card?";
    private const string SayProblem = "I am sorry, there was a technical problem. Nothing has been charged. Shall we try again?";
    private const string SayBlocked = "I am sorry, there is a technical problem and I cannot take the payment now. Nothing has been charged.";
    private const string SayWait = "I am sorry, there was a technical problem. I have to check what happened before we try again.";
    private const string SayStopped = "The payment has been stopped. Nothing has been charged.";
    private const string TellAdmin = "Tell your AgentPay administrator the code below. Trying again will not help until it is fixed.";
    private const string AnotherCard = "Ask for another card, or suggest that the customer contacts the bank.";

    private static readonly OutcomeWords NoReason = Check("The payment was not taken.");

    /// <summary>Codes of Generic Pay Connectors, as common gateways write them.</summary>
    private static readonly Dictionary<string, OutcomeWords> ByConnectorError = new()
    {
        ["card_declined"] = Declined("The bank declined the card.", AnotherCard),
        ["insufficient_funds"] = Declined("The bank declined the card: insufficient funds.", "Ask for another card."),
        ["expired_card"] = Declined("The bank declined the card: it has expired.", "Check the expiry date, or ask for another card."),
        ["incorrect_cvc"] = Declined("The bank declined the card: the security code is wrong.", "Try again, and ask the caller to read the code on the card."),
        ["malformed_response"] = Check("Twilio could not read the payment gateway's answer."),
        ["gateway_unavailable"] = Check("The payment gateway did not answer in time."),
    };

    /// <summary>Twilio's codes: twilio.com/docs/api/errors.</summary>
    private static readonly Dictionary<int, OutcomeWords> ByCode = new()
    {
        [20003] = Blocked("Twilio did not accept AgentPay's credentials."),
        [20404] = NotTaken("Twilio does not know this call.", "Start again on the call that is live now.", SayProblem),
        [20429] = NotTaken("Twilio is too busy.", "Try again in a moment.", SayProblem),
        [21220] = NotTaken("The call was not in progress.", "Connect the call first, then try again.", SayStopped),
        [64001] = Blocked("The pay connector is not set up properly."),
        [64002] = Check("The payment service or the gateway could not be reached."),
        [64003] = Edit("The amount was not accepted.", "Change the amount and try again."),
        [64004] = Blocked("There is no pay connector of this name."),
        [64005] = Edit("This pay connector cannot save cards.", "Choose another profile, or take a payment."),
        [64006] = Blocked("This pay connector cannot save cards for this use."),
        [64007] = Edit("This pay connector cannot take payments, only save cards.", "Choose another profile."),
        [64008] = Declined("The bank or the gateway declined the payment.", AnotherCard),
        [64009] = Blocked("The payment gateway no longer accepts the pay connector."),
        [64010] = Declined("The gateway did not save the card.", "Ask for another card."),
        [64011] = Edit("The pay connector does not take this currency.", "Change the currency or the profile and try again."),
        [64012] = Declined("The gateway did not accept the card.", "Ask for another card."),
        [64013] = Edit("The pay connector does not take this kind of payment.", "Choose another profile."),
        [64014] = Blocked("The gateway needs the account holder's name."),
        [64015] = Edit("The pay connector needs a value that is missing, such as the reference.", "Fill in the reference and try again."),
        [64019] = NotTaken("A field was missing.", "Try again and ask for every field.", SayProblem),
        [64020] = Blocked("Twilio did not accept one of the values."),
        [64022] = NotTaken("The pay connector is in test mode and takes test cards only.", "Use a test card.", SayProblem),
        [64023] = NotTaken("The pay connector is in test mode and takes test accounts only.", "Use a test account.", SayProblem),
        [64024] = Blocked("The pay connector is not approved for live payments."),
    };

    private static readonly Dictionary<string, OutcomeWords> ByResult = new()
    {
        ["caller-hung-up"] = NotTaken("The call ended before the payment was sent.", "Call the customer back and start again.", ""),
        ["caller-interrupted-with-star"] = new(
            "Cancelled by the caller", Tone.Quiet, "Cancelled by the caller.", NotCharged,
            "The caller pressed the star key, which stops the payment. Try again when the caller is ready.",
            "You have stopped the payment. Nothing has been charged. Shall we try again?"),
        ["validation-error"] = NotTaken(
            "An entry was no longer valid when the payment was sent.", "Try again with another card.",
            "I am sorry, the card was not accepted. Nothing has been charged. Shall we try again?"),
        ["too-many-failed-attempts"] = NotTaken("Too many entries were not accepted.", "Try again, and help the caller with each field.", SayStopped),
        ["transaction-cancelled"] = Cancelled("The payment was cancelled.", "You can start again on this call."),
        ["capture-window-over"] = Cancelled("It took too long to enter the card, so the payment was closed.", "Start again when the caller has the card at hand."),
        ["not-started"] = NotTaken("Twilio could not open the payment.", "Try again. If it happens again, tell your AgentPay administrator the code below.", SayProblem),
    };

    /// <summary>What a request means that Twilio refused without ending the payment.</summary>
    private static readonly Dictionary<int, string> Refusals = new()
    {
        [64019] = "A field is still missing. Ask for it again, then take the payment.",
        [64021] = "Twilio is already processing this payment. Wait for the result.",
        [20404] = "Twilio has already closed this payment. Wait for the result.",
    };

    public string Icon => Tone == Tone.Quiet ? Icons.Material.Rounded.Cancel : Tone.Icon();

    /// <summary>The state of a payment that is over, as its record tells it.</summary>
    public static string LabelOf(HistoryRecord record, IStringLocalizer<Words> l)
    {
        var (phase, outcome) = (OutcomeRules.PhaseOf(record.Result), new PaymentOutcome(record.Result, record.Code, ConnectorError: record.ConnectorError));
        return Of(phase, record.Amount is not null, outcome, l).Label;
    }

    /// <summary>The words for a payment that is over. Unknown codes get a safe line that claims nothing about the money.</summary>
    public static OutcomeWords Of(PaymentSession session, IStringLocalizer<Words> l) => Of(session.Phase, session.Plan.Charges, session.Outcome, l);

    private static OutcomeWords Of(PaymentPhase phase, bool isCharge, PaymentOutcome? outcome, IStringLocalizer<Words> l)
    {
        var words = phase switch
        {
            PaymentPhase.Succeeded when isCharge => new("Paid", Tone.Good, "Paid", "", "", ""),
            PaymentPhase.Succeeded => new("Saved", Tone.Good, "Card saved", "", "", ""),
            PaymentPhase.Unknown => new(
                "Not confirmed", Tone.Caution, "Result not confirmed. Do not charge again.", "The customer may or may not have been charged.", "",
                "The bank has not confirmed the payment yet. Please do not pay again: we will check and let you know.", Retry.AfterCheck),
            _ => Find(outcome) ?? NoReason,
        };
        if (phase == PaymentPhase.Cancelled) words = words with { Label = "Cancelled", Tone = Tone.Quiet };
        return words with
        {
            Label = l[words.Label], What = l[words.What], Money = Text(words.Money), Next = Text(words.Next), ToCaller = Text(words.ToCaller),
        };

        string Text(string text) => text.Length == 0 ? "" : l[text];
    }

    public static bool IsKnown(PaymentOutcome? outcome) => Find(outcome) is not null;

    /// <summary>Whether the gateway may have charged the card although the payment failed, so that it has to be checked.</summary>
    public static bool NeedsChecking(PaymentOutcome outcome) => (Find(outcome) ?? NoReason).Retry == Retry.AfterCheck;

    /// <param name="code">Twilio's code for a request that it refused without ending the payment.</param>
    public static string Refusal(int code, IStringLocalizer<Words> l) =>
        l[Refusals.GetValueOrDefault(code, "Twilio refused the last request. Nothing has been charged. Ask for the field again, or cancel.")];

    /// <summary>The codes behind the outcome, for an administrator.</summary>
    public static string Codes(PaymentOutcome? outcome, IStringLocalizer<Words> l) => string.Join(" · ", new[]
    {
        outcome?.GatewayText,
        outcome?.ConnectorError is { Length: > 0 } error ? l["Gateway: {0}", error].Value : null,
        outcome?.Code is { } code ? l["Twilio: {0}", code.ToString(CultureInfo.InvariantCulture)].Value : null,
        outcome?.Result,
    }.Where(part => !string.IsNullOrEmpty(part)));

    private static OutcomeWords? Find(PaymentOutcome? outcome) =>
        outcome is null ? null
        : ByConnectorError.GetValueOrDefault(outcome.ConnectorError ?? "") ?? ByCode.GetValueOrDefault(outcome.Code ?? 0) ?? ByResult.GetValueOrDefault(outcome.Result);

    private static OutcomeWords NotTaken(string what, string next, string toCaller) => new("Not taken", Tone.Bad, what, NotCharged, next, toCaller);

    private static OutcomeWords Edit(string what, string next) => NotTaken(what, next, SayProblem) with { Retry = Retry.AfterEdit };

    private static OutcomeWords Blocked(string what) => NotTaken(what, TellAdmin, SayBlocked) with { Retry = Retry.CannotHelp };

    private static OutcomeWords Declined(string what, string next) => NotTaken(what, next, SayDeclined) with { Label = "Declined" };

    private static OutcomeWords Cancelled(string what, string next) => new("Cancelled", Tone.Quiet, what, NotCharged, next, SayStopped);

    private static OutcomeWords Check(string what) =>
        new("Needs checking", Tone.Caution, what, "Twilio reports that the payment was not taken.", CheckFirst, SayWait, Retry.AfterCheck);
}
