using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

// Transfers by the PBX with SIP REFER: twilio.com/docs/voice/api/refer-to-twilio. All URLs carry the UUI of the call.
internal static class TransferWebhooks
{
    private const string CompletedDial = "completed";
    private const string AnsweredDial = "answered";

    // Dials the target of the transfer. The customer's leg runs the answer.
    public static async Task<IResult> ReferAsync(
        HttpRequest request,
        CallDirectory directory,
        TransferTwiml twiml,
        IOptions<VoiceOptions> voice,
        RefusedCalls refused,
        TimeProvider clock,
        ILogger<CallDirectory> log)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg || UuiOf(request) is not { } uui) return Webhook.Unreadable;
        var call = await FindAsync(directory, uui, clock, request.HttpContext.RequestAborted);
        var target = TransferTarget.Read(request.Form["ReferTransferTarget"], voice.Value);
        var isAllowed = target?.IsAllowedBy(voice.Value.TransferTargets) == true;
        // Without AnswerOnBridge, the customer of a refused transfer goes to the PBX, and the agent's leg ends.
        var isReturned = !isAllowed && !voice.Value.AnswerOnBridge;
        var to = isReturned ? call?.Line() : target?.Name;
        directory.Accept(uui, TransferChanges.Requested(to ?? "", isAllowed || isReturned, leg.At));
        if (target is null || !isAllowed)
        {
            refused.Add(leg.Leg, target is null
                ? "its transfer has a target that cannot be read"
                : $"its transfer is to {target.Kind} that Voice:TransferTargets does not allow");
            return twiml.Refuse(call, uui);
        }
        log.Transferred(leg.Leg, target.Kind);
        return twiml.Dial(target, call, uui);
    }

    // Status callbacks of the target's leg.
    public static async Task<IResult> StatusAsync(
        HttpRequest request, CallDirectory directory, CallNews news, TimeProvider clock)
    {
        if (LegReport.Read(request.Form, clock) is not { } leg || UuiOf(request) is not { } uui) return Webhook.Unreadable;
        await FindAsync(directory, uui, clock, request.HttpContext.RequestAborted);
        if (!await directory.RecordAsync(uui, TransferChanges.OfTarget(leg), Timeouts.StatusStored)) return Webhook.TryAgain;
        var isEnd = leg.Status.HasEnded() && directory.Known(uui) is { HasEnded: true };
        return !isEnd || await news.RaiseEndedAsync(directory.Known(uui)!.PstnSid) ? Results.NoContent() : Webhook.TryAgain;
    }

    // Continues after the Dial of a transfer when the former agent's leg has ended (Voice:AnswerOnBridge=false).
    public static async Task<IResult> EndedAsync(HttpRequest request, CallDirectory directory, TransferTwiml twiml, TimeProvider clock)
    {
        if (UuiOf(request) is not { } uui) return Webhook.Unreadable;
        if (request.Form["DialCallStatus"] is [CompletedDial or AnsweredDial]) return TransferTwiml.HangUp();
        return twiml.ReturnToPbx(await FindAsync(directory, uui, clock, request.HttpContext.RequestAborted), uui);
    }

    // Null when there is no such call, and when Sync is not available. The transfer then continues without it.
    private static async Task<Call?> FindAsync(CallDirectory directory, string uui, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            return await TimeLimit.RunAsync(
                "Twilio Sync", Timeouts.LegLookup, clock, limited => directory.FindAsync(uui, limited), cancellation);
        }
        catch (ServiceUnavailableException)
        {
            return directory.Known(uui);
        }
    }

    private static string? UuiOf(HttpRequest request) => Uui.Clean(request.Query["UUI"].FirstOrDefault());
}
