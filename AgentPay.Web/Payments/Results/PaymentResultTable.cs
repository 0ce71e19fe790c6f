namespace AgentPay.Web.Payments;

/// <summary>The entries behind <see cref="PaymentResult"/>.</summary>
internal static class PaymentResultTable
{
    private const string NotCharged = "The customer has not been charged.";
    private const string CheckFirst = "Make sure in the payment gateway that nothing was charged before you try again.";
    private const string SayDeclined = "I am sorry, your bank has declined the card. Would you like to try again, or use another card?";
    private const string SayProblem = "I am sorry, there was a technical problem. Nothing has been charged. Shall we try again?";
    private const string SayBlocked =
        "I am sorry, there is a technical problem and I cannot take the payment now. Nothing has been charged.";
    private const string SayWait = "I am sorry, there was a technical problem. I have to check what happened before we try again.";
    private const string SayUnconfirmed =
        "The bank has not confirmed the payment yet. Please do not pay again: we will check and let you know.";
    private const string SayStopped = "The payment has been stopped. Nothing has been charged.";
    private const string TellAdmin = "Tell your AgentPay administrator the code below. Trying again will not help until it is fixed.";
    private const string AnotherCard = "Ask for another card, or suggest that the customer contacts the bank.";

    public static readonly PaymentResult Saved = new(ResultKind.Succeeded, "Card saved", "Card saved", "", "", "");

    public static readonly PaymentResult NoReason = Check("The payment was not taken.");

    /// <summary>The result of a check that a later result contradicts.</summary>
    public static readonly PaymentResult Contradicted = Check(
        "The check was closed, but the result that arrived later says the opposite.") with
    {
        Money = "The customer may or may not have been charged.",
    };

    /// <summary>Codes of Generic Pay Connectors, as common gateways write them.</summary>
    public static readonly Dictionary<string, PaymentResult> ByConnectorError = new()
    {
        ["card_declined"] = Declined("The bank declined the card.", AnotherCard),
        ["insufficient_funds"] = Declined("The bank declined the card: insufficient funds.", "Ask for another card."),
        ["expired_card"] = Declined("The bank declined the card: it has expired.", "Check the expiry date, or ask for another card."),
        ["incorrect_cvc"] = Declined(
            "The bank declined the card: the security code is wrong.", "Try again, and ask the caller to read the code on the card."),
        ["malformed_response"] = Check("Twilio could not read the payment gateway's answer."),
        ["gateway_unavailable"] = Check("The payment gateway did not answer in time."),
    };

    /// <summary>Twilio's codes: twilio.com/docs/api/errors.</summary>
    public static readonly Dictionary<int, PaymentResult> ByCode = new()
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

    public static readonly Dictionary<string, PaymentResult> ByResult = new()
    {
        [OutcomeRules.Success] = new(ResultKind.Succeeded, "Paid", "Paid", "", "", ""),
        [OutcomeRules.Unknown] = Check("Result not confirmed. Do not charge again.") with
        {
            Money = "The customer may or may not have been charged.", Next = "", ToCaller = SayUnconfirmed,
        },
        ["transaction-cancelled"] = Cancelled("Cancelled", "The payment was cancelled.", "You can start again on this call."),
        ["capture-window-over"] = Cancelled(
            "Timed out",
            "It took too long to enter the card, so the payment was closed.",
            "Start again when the caller has the card at hand."),
        ["caller-interrupted-with-star"] = Cancelled(
            "Cancelled by the caller",
            "Cancelled by the caller.",
            "The caller pressed the star key, which stops the payment. Try again when the caller is ready.") with
        {
            ToCaller = "You have stopped the payment. Nothing has been charged. Shall we try again?",
        },
        ["caller-hung-up"] = NotTaken(
            "The call ended before the payment was sent.", "Call the customer back and start again.", "") with
        {
            Label = "Call ended",
        },
        ["validation-error"] = NotTaken(
            "An entry was no longer valid when the payment was sent.",
            "Try again with another card.",
            "I am sorry, the card was not accepted. Nothing has been charged. Shall we try again?"),
        ["too-many-failed-attempts"] = NotTaken(
            "Too many entries were not accepted.", "Try again, and help the caller with each field.", SayStopped) with
        {
            Label = "Too many attempts",
        },
        ["recording-not-paused"] = NotTaken(
            "The recording of the call could not be paused, so the payment was not started.",
            "Try again. If it happens again, tell your AgentPay administrator.",
            SayProblem) with
        {
            Label = "Not started",
        },
        ["recorder-not-reached"] = NotTaken(
            "The recorder of your phone system could not be told, so the payment was not started.",
            "Try again. If it happens again, tell your AgentPay administrator.",
            SayProblem) with
        {
            Label = "Not started",
        },
        ["not-started"] = NotTaken(
            "Twilio could not open the payment.",
            "Try again. If it happens again, tell your AgentPay administrator the code below.",
            SayProblem) with
        {
            Label = "Not started",
        },
    };

    public static readonly Dictionary<int, string> Refusals = new()
    {
        [64019] = "A field is still missing. Ask for it again, then take the payment.",
        [64021] = "Twilio is already processing this payment. Wait for the result.",
        [20404] = "Twilio has already closed this payment. Wait for the result.",
    };

    /// <summary>The result that a supervisor has found in the gateway.</summary>
    public static PaymentResult Closed(bool isCharged, bool isCharge) => (isCharged, isCharge) switch
    {
        (true, true) => new(
            ResultKind.Succeeded,
            "Checked: charged",
            "Checked: the customer was charged.",
            "",
            "Do not charge again.",
            "I have checked: your payment was taken. Thank you."),
        (true, false) => new(
            ResultKind.Succeeded,
            "Checked: card saved",
            "Checked: the card was saved.",
            "",
            "",
            "I have checked: your card was saved. Thank you."),
        _ => new(
            ResultKind.Failed,
            "Checked: not charged",
            "Checked: the payment was not taken.",
            NotCharged,
            "You can start again on this call.",
            "I have checked: nothing has been charged. Shall we try again?"),
    };

    private static PaymentResult NotTaken(string what, string next, string toCaller) =>
        new(ResultKind.Failed, "Not taken", what, NotCharged, next, toCaller);

    private static PaymentResult Edit(string what, string next) =>
        NotTaken(what, next, SayProblem) with { Retry = RetryAdvice.AfterEdit };

    private static PaymentResult Blocked(string what) =>
        NotTaken(what, TellAdmin, SayBlocked) with { Retry = RetryAdvice.CannotHelp };

    private static PaymentResult Declined(string what, string next) =>
        NotTaken(what, next, SayDeclined) with { Label = PaymentResult.Declined };

    private static PaymentResult Cancelled(string label, string what, string next) =>
        new(ResultKind.Cancelled, label, what, NotCharged, next, SayStopped);

    private static PaymentResult Check(string what) =>
        new(ResultKind.Unknown, "Needs checking", what, "Twilio reports that the payment was not taken.", CheckFirst, SayWait);
}
