using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

// Receives status callbacks of legs. Answers 503 when a callback could not be stored or handled in time, so Twilio sends it again. The
// outbox also retries.
internal static class StatusWebhooks
{
    // Callbacks of the customer's leg of an outbound call. The answers have the same text as those of AgentPay's predecessor.
    public static async Task<IResult> OutboundAsync(HttpRequest request, CallDirectory directory, CallNews news, TimeProvider clock)
    {
        if (UuiOf(request) is not { } uui) return Results.Text("Cannot extract UUI from call, so cannot establish Pay");
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        return await HandleAsync(directory, news, Dialled(uui, leg), leg) ? Results.Text(uui) : Webhook.TryAgain;
    }

    // Callbacks of the PBX's leg of an inbound call, and those that are configured at Twilio for numbers and SIP domains.
    public static async Task<IResult> AnyAsync(
        HttpRequest request, CallDirectory directory, CallNews news, TimeProvider clock, ILogger<CallDirectory> log)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        if (Match(leg, UuiOf(request), directory) is { } known)
            return await HandleAsync(directory, news, known, leg) ? Results.NoContent() : Webhook.TryAgain;
        log.UnknownLeg(leg.Leg);
        return Results.NoContent();
    }

    private static async Task<bool> HandleAsync(CallDirectory directory, CallNews news, CallMatch call, LegReport leg)
    {
        var stored = RecordAsync(directory, call, leg);
        if (!leg.Status.HasEnded()) return await stored;
        if (leg.Leg == call.Customer) return await news.RaiseEndedAsync(call.Customer) & await stored;
        // After a transfer, the end of an agent's leg is not the end of the call. Another instance may have recorded the transfer, so the
        // call is judged after the change was stored, or could not be stored in time.
        var isStored = await stored;
        return (directory.Known(call.Uui) is not { HasEnded: true } || await news.RaiseEndedAsync(call.Customer)) && isStored;
    }

    // A leg that reports the UUI of another call in progress is stored as a separate call.
    private static async Task<bool> RecordAsync(CallDirectory directory, CallMatch call, LegReport leg)
    {
        var isStored = await directory.RecordAsync(call.Uui, call.Change, Timeouts.StatusStored);
        var isOther = directory.Known(call.Uui)?.Others.Contains(leg.Leg.ToString()) == true;
        if (!isOther) return isStored;
        var own = Dialled(leg.Leg.ToString(), leg);
        return await directory.RecordAsync(own.Uui, own.Change, Timeouts.StatusStored) && isStored;
    }

    private static CallMatch Dialled(string uui, LegReport leg) => new(uui, leg.Leg, CallChanges.OfDialled(uui, leg));

    // Finds the call of a leg and the change that its callback makes; null when there is no such call.
    private static CallMatch? Match(LegReport leg, string? uui, CallDirectory directory)
    {
        if (uui is not null) return Dialled(uui, leg);
        if (leg.Parent is { } customer && !PhoneNumber.IsTelephone(leg.To))
            return new(customer.ToString(), customer, CallChanges.OfAgent(customer, leg));
        if (leg.IsInbound && PhoneNumber.IsTelephone(leg.To)) return new(leg.Leg.ToString(), leg.Leg, CallChanges.OfCustomer(leg));
        return directory.Known(leg.Leg) is { } call ? new(call.Uui, call.PstnSid, CallChanges.OfEnd(leg)) : null;
    }

    private static string? UuiOf(HttpRequest request) => Uui.Clean(request.Query["UUI"].FirstOrDefault());

    private sealed record CallMatch(string Uui, CallSid Customer, CallChange Change);
}
