using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>Why a payment was not taken, for the agent: what happened, what it means for the money, what to do. The only table of its kind.</summary>
/// <param name="Say">To the caller.</param>
/// <param name="IsCertain">False when it cannot be ruled out from here that money has moved: then the gateway is to be asked before anything else.</param>
public sealed record OutcomeWords(string What, string Money, string Next, string Say, bool IsCertain = true)
{
    private const string NotCharged = "The customer has not been charged.";
    private const string LookFirst = "Twilio reports that the payment was not taken.";
    private const string SayDeclined = "I am sorry, your bank has declined the card. Would you like to try again, or use another card?";
    private const string SayBroken = "I am sorry, there was a technical problem. Nothing has been charged. Shall we try again?";
    private const string SayWait = "I am sorry, there was a technical problem. I have to check what happened before we try again.";
    private const string SayStopped = "The payment has been stopped. Nothing has been charged.";
    private const string AskSupport = "Tell whoever looks after AgentPay the code below; trying again will not help until it is put right.";

    private static readonly OutcomeWords Unclear =
        new("The payment was not taken.", LookFirst, "Before you try again, make sure in the payment gateway that nothing was charged.", SayWait, IsCertain: false);

    /// <summary>Codes of Generic Pay Connectors, as common gateways write them.</summary>
    private static readonly Dictionary<string, OutcomeWords> ByConnectorError = new()
    {
        ["card_declined"] = new("The bank declined the card.", NotCharged, "Ask for another card, or let the customer speak to their bank.", SayDeclined),
        ["insufficient_funds"] = new("The bank declined the card: not enough money on it.", NotCharged, "Ask for another card.", SayDeclined),
        ["expired_card"] = new("The bank declined the card: it has expired.", NotCharged, "Check the expiry date, or ask for another card.", SayDeclined),
        ["incorrect_cvc"] = new("The bank declined the card: the security code is wrong.", NotCharged, "Try again, and ask the caller to read the code on the card once more.", SayDeclined),
        ["malformed_response"] = new("The payment gateway gave an answer that Twilio could not read.", LookFirst, "Make sure in the payment gateway that nothing was charged before you try again.", SayWait, IsCertain: false),
        ["gateway_unavailable"] = new("The payment gateway did not answer in time.", LookFirst, "Make sure in the payment gateway that nothing was charged before you try again.", SayWait, IsCertain: false),
    };

    /// <summary>Twilio's codes: twilio.com/docs/api/errors.</summary>
    private static readonly Dictionary<int, OutcomeWords> ByCode = new()
    {
        [20003] = new("Twilio did not accept AgentPay's credentials.", NotCharged, AskSupport, SayBroken),
        [20404] = new("Twilio does not know this call.", NotCharged, "Start again on the call that is live now.", SayBroken),
        [20429] = new("Twilio is too busy.", NotCharged, "Try again in a moment.", SayBroken),
        [21220] = new("The call was not in progress.", NotCharged, "Connect the call first, then try again.", SayStopped),
        [64001] = new("The pay connector is not set up properly.", NotCharged, AskSupport, SayBroken),
        [64002] = new("The payment service or the gateway could not be reached.", LookFirst, "Make sure in the payment gateway that nothing was charged before you try again.", SayWait, IsCertain: false),
        [64003] = new("The amount was not accepted.", NotCharged, "Change the amount and try again.", SayBroken),
        [64004] = new("There is no pay connector of this name.", NotCharged, AskSupport, SayBroken),
        [64005] = new("This pay connector cannot save cards.", NotCharged, "Choose another profile, or take a payment.", SayBroken),
        [64006] = new("This pay connector cannot save cards for this use.", NotCharged, AskSupport, SayBroken),
        [64007] = new("This pay connector cannot take payments, only save cards.", NotCharged, "Choose another profile.", SayBroken),
        [64008] = new("The bank or the gateway declined the payment.", NotCharged, "Ask for another card, or let the customer speak to their bank.", SayDeclined),
        [64009] = new("The payment gateway no longer trusts the pay connector.", NotCharged, AskSupport, SayBroken),
        [64010] = new("The gateway did not save the card.", NotCharged, "Ask for another card.", SayDeclined),
        [64011] = new("The pay connector does not take this currency.", NotCharged, "Change the currency or the profile and try again.", SayBroken),
        [64012] = new("The gateway did not accept the card.", NotCharged, "Ask for another card.", SayDeclined),
        [64013] = new("The pay connector does not take this kind of payment.", NotCharged, "Choose another profile.", SayBroken),
        [64014] = new("The gateway needs the account holder's name.", NotCharged, AskSupport, SayBroken),
        [64015] = new("The pay connector needs a value that was not given, such as the reference.", NotCharged, "Fill in the reference and try again.", SayBroken),
        [64019] = new("A field was missing.", NotCharged, "Try again and ask for every field.", SayBroken),
        [64020] = new("Twilio did not accept one of the values.", NotCharged, AskSupport, SayBroken),
        [64022] = new("The pay connector is in test mode and takes test cards only.", NotCharged, "Use a test card.", SayBroken),
        [64023] = new("The pay connector is in test mode and takes test accounts only.", NotCharged, "Use a test account.", SayBroken),
        [64024] = new("The pay connector is not approved for live payments.", NotCharged, AskSupport, SayBroken),
    };

    private static readonly Dictionary<string, OutcomeWords> ByResult = new()
    {
        ["caller-hung-up"] = new("The call ended before the payment was sent.", NotCharged, "Call the customer back and start again.", ""),
        ["caller-interrupted-with-star"] = new("The caller pressed the star key, which stops the payment.", NotCharged, "Try again when the caller is ready.", "You have stopped the payment. Nothing has been charged. Shall we try again?"),
        ["validation-error"] = new("What was entered was no longer valid when it was sent.", NotCharged, "Try again with another card.", "I am sorry, the card was not accepted. Nothing has been charged. Shall we try again?"),
        ["too-many-failed-attempts"] = new("The caller's entries were refused too often.", NotCharged, "Try again, and help the caller through each field.", SayStopped),
        ["transaction-cancelled"] = new("The payment was cancelled.", NotCharged, "Start again when you like.", SayStopped),
        ["capture-window-over"] = new("It took too long to enter the card, so the payment was closed.", NotCharged, "Start again when the caller has the card at hand.", SayStopped),
        ["not-started"] = new("Twilio could not open the payment.", NotCharged, "Try again. If it happens again, tell whoever looks after AgentPay the code below.", SayBroken),
    };

    /// <summary>What a refusal means while the payment lives on.</summary>
    private static readonly Dictionary<int, string> Refusals = new()
    {
        [64019] = "Twilio still misses a field. Ask for it again, then take the payment.",
        [64021] = "Twilio is already working on this payment. Wait for its answer.",
        [20404] = "Twilio no longer has this payment open. Wait for its answer.",
    };

    /// <summary>The most telling of what is known; unknown words and codes get a safe line that claims nothing about the money.</summary>
    public static OutcomeWords Of(PaymentOutcome? outcome, IStringLocalizer<Words> l)
    {
        var words = Find(outcome) ?? Unclear;
        return words with { What = l[words.What], Money = l[words.Money], Next = l[words.Next], Say = words.Say.Length == 0 ? "" : l[words.Say].Value };
    }

    public static bool IsKnown(PaymentOutcome? outcome) => Find(outcome) is not null;

    /// <param name="code">Twilio's code for a request that it refused without ending the payment.</param>
    public static string Refusal(int code, IStringLocalizer<Words> l) => l[Refusals.GetValueOrDefault(code, "Twilio did not do what was asked; nothing has been charged by it. Ask for the field again, or cancel.")];

    private static OutcomeWords? Find(PaymentOutcome? outcome) =>
        outcome is null ? null
        : ByConnectorError.GetValueOrDefault(outcome.ConnectorError ?? "") ?? ByCode.GetValueOrDefault(outcome.Code ?? 0) ?? ByResult.GetValueOrDefault(outcome.Result);
}
