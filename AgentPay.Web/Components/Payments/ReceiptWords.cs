using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>What has become of a receipt by text message, as a sentence for the agent.</summary>
public static class ReceiptWords
{
    /// <param name="state">The state to show: see <see cref="SmsReceipt.StateAt"/>.</param>
    public static (string Text, Tone Tone, string Icon) Of(
        SmsReceipt receipt, ReceiptState state, IStringLocalizer<Words> l) => state switch
    {
        ReceiptState.Sending =>
            (l["Sending the receipt to the number ending {0}…", receipt.NumberEnd], Tone.Active, Icons.Material.Rounded.HourglassTop),
        ReceiptState.Sent => (l["Receipt sent to the number ending {0}.", receipt.NumberEnd], Tone.Good, Icons.Material.Rounded.Sms),
        ReceiptState.Delivered =>
            (l["Receipt delivered to the number ending {0}.", receipt.NumberEnd], Tone.Good, Icons.Material.Rounded.Sms),
        ReceiptState.Unclear => (
            l["It is not clear whether the receipt to the number ending {0} was sent.", receipt.NumberEnd],
            Tone.Caution, Icons.Material.Rounded.SmsFailed),
        ReceiptState.NotDelivered => (
            l["The receipt to the number ending {0} was not delivered.", receipt.NumberEnd],
            Tone.Caution, Icons.Material.Rounded.SmsFailed),
        _ => (l["The receipt to the number ending {0} was not sent.", receipt.NumberEnd], Tone.Caution, Icons.Material.Rounded.SmsFailed),
    };

    /// <summary>Why it failed and what to do; empty unless it failed.</summary>
    public static string Advice(SmsReceipt receipt, ReceiptState state, IStringLocalizer<Words> l) => state switch
    {
        ReceiptState.Unclear => l["Ask the customer whether it has arrived before you send another one."],
        ReceiptState.NotSent or ReceiptState.NotDelivered => l[ReceiptProblem.Of(receipt.Code)],
        _ => "",
    };
}
