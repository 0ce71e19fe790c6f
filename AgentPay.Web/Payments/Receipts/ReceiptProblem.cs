namespace AgentPay.Web.Payments;

/// <summary>Twilio's reasons for not sending or not delivering a receipt, in words for the agent: twilio.com/docs/api/errors.</summary>
public static class ReceiptProblem
{
    private const string Sender = "The sender of receipts is not set up correctly. Tell your administrator.";
    private const string NotAMobile = "This number cannot receive text messages. Ask for a mobile number.";
    private const string NotReached =
        "The phone could not be reached. Ask whether it is switched on and has reception, then send it again.";

    private static readonly Dictionary<int, string> ByCode = new()
    {
        [21211] = "This is not a valid telephone number. Check it with the customer.",
        [21408] = "Text messages to this country are switched off in Twilio. Tell your administrator.",
        [21603] = Sender,
        [21606] = Sender,
        [21659] = Sender,
        [21660] = Sender,
        [21701] = Sender,
        [21703] = Sender,
        [21704] = Sender,
        [21705] = Sender,
        [21610] = "This number has unsubscribed from text messages of this sender. The customer can reply START to receive them again.",
        [21612] = "Twilio cannot send from this sender to that number. Ask for another number, or tell your administrator.",
        [21614] = NotAMobile,
        [21617] = "The text of the receipt is too long. Tell your administrator.",
        [20003] = "Twilio refused AgentPay's credentials. Tell your administrator.",
        [30003] = NotReached,
        [30004] = "The customer's phone or network blocks this sender.",
        [30005] = "This number is not in use. Check it with the customer.",
        [30006] = NotAMobile,
        [30007] = "The customer's network has filtered the message. Tell your administrator.",
        [30008] = "The customer's network did not deliver the message. Send it again, or read out the confirmation code.",
        [30034] = "The sender is not registered for text messages in the USA. Tell your administrator.",
        [429] = "Twilio is receiving too many messages. Send it again in a minute.",
        [20429] = "Twilio is receiving too many messages. Send it again in a minute.",
    };

    /// <param name="code">Twilio's error code; null when Twilio was not reached.</param>
    public static string Of(int? code) => code is not { } known
        ? "Twilio could not be reached, so nothing was sent. Send it again."
        : ByCode.GetValueOrDefault(known, "Twilio did not send the receipt. Send it again, or read out the confirmation code.");
}
