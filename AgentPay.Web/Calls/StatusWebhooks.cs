using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

/// <summary>
/// The progress of legs. Answers 503 when the report could not be stored or handled in time, so that Twilio sends it again. The outbox
/// keeps trying as well.
/// </summary>
internal static class StatusWebhooks
{
    /// <summary>The customer's leg of a call that the PBX has made. The answers are the predecessor's words.</summary>
    public static async Task<IResult> OutboundAsync(HttpRequest request, CallDirectory directory, CallNews news, TimeProvider clock)
    {
        if (UuiOf(request) is not { } uui) return Results.Text("Cannot extract UUI from call, so cannot establish Pay");
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        return await TakeAsync(directory, news, Dialled(uui, leg), leg) ? Results.Text(uui) : Webhook.TryAgain;
    }

    /// <summary>Any leg: the PBX's leg of an inbound call, and reports of numbers and SIP domains about their own calls.</summary>
    public static async Task<IResult> AnyAsync(
        HttpRequest request, CallDirectory directory, CallNews news, TimeProvider clock, ILogger<CallDirectory> log)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg) return Webhook.Unreadable;
        if (Place(leg, UuiOf(request), directory) is { } known)
            return await TakeAsync(directory, news, known, leg) ? Results.NoContent() : Webhook.TryAgain;
        log.UnknownLeg(leg.Leg);
        return Results.NoContent();
    }

    private static async Task<bool> TakeAsync(CallDirectory directory, CallNews news, Placed call, LegReport leg)
    {
        var stored = RecordAsync(directory, call, leg);
        var told = !leg.Status.HasEnded() || await news.TellEndAsync(call.Customer);
        return await stored && told;
    }

    /// <summary>A leg that reports the UUI of another live call becomes a separate call.</summary>
    private static async Task<bool> RecordAsync(CallDirectory directory, Placed call, LegReport leg)
    {
        var isStored = await directory.RecordAsync(call.Uui, call.Change, Timeouts.StatusStored);
        var isOther = directory.Known(call.Uui)?.Others.Contains(leg.Leg.ToString()) == true;
        if (!isOther) return isStored;
        var own = Dialled(leg.Leg.ToString(), leg);
        return await directory.RecordAsync(own.Uui, own.Change, Timeouts.StatusStored) && isStored;
    }

    private static Placed Dialled(string uui, LegReport leg) => new(uui, leg.Leg, CallChanges.OfDialled(uui, leg));

    /// <summary>Finds the call that the leg belongs to, and what its report says of it; null when it belongs to none.</summary>
    private static Placed? Place(LegReport leg, string? uui, CallDirectory directory)
    {
        if (uui is not null) return Dialled(uui, leg);
        if (leg.Parent is { } customer && !PhoneNumber.IsTelephone(leg.To))
            return new(customer.ToString(), customer, CallChanges.OfAgent(customer, leg));
        if (leg.IsInbound && PhoneNumber.IsTelephone(leg.To)) return new(leg.Leg.ToString(), leg.Leg, CallChanges.OfCustomer(leg));
        return directory.Known(leg.Leg) is { } call ? new(call.Uui, call.PstnSid, CallChanges.OfEnd(leg.Status)) : null;
    }

    private static string? UuiOf(HttpRequest request) => Uui.Clean(request.Query["UUI"].FirstOrDefault());

    private sealed record Placed(string Uui, CallSid Customer, CallChange Change);
}
