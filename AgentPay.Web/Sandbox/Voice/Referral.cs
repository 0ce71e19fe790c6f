namespace AgentPay.Web.Sandbox.Voice;

// The parties of a Dial that are connected. Refer is the TwiML for a REFER; null rejects it.
internal sealed record Connection(Leg Child, TwimlSource? Refer, bool AnswersOnBridge);

// A REFER that a SIP phone sends during a call: twilio.com/docs/voice/api/refer-to-twilio. The other party, the transferee, runs the TwiML
// of referUrl. With answerOnBridge, the phone stays connected until the target answers, and keeps the call if nobody does.
// Twilio does not document what happens when the phone hangs up meanwhile; here the transfer continues.
internal sealed class Referral(CallFlow flow, Leg transferor, Leg transferee, Connection connection)
{
    public Leg Transferee => transferee;

    // Null when the leg is not connected to another party.
    public static Referral? Find(Leg transferor, IEnumerable<CallFlow> flows)
    {
        foreach (var flow in flows)
        {
            if (flow.Connected is not { } connection) continue;
            if (flow.Leg == transferor) return new(flow, transferor, connection.Child, connection);
            if (connection.Child == transferor) return new(flow, transferor, flow.Leg, connection);
        }
        return null;
    }

    // Returns why Twilio rejects the REFER; null if it accepts it.
    public string? Problem()
    {
        if (!transferor.To.StartsWith("sip", StringComparison.Ordinal)) return Reject(13801, "Refer is allowed on SIP legs only");
        if (connection.Refer is null) return Reject(13802, "Dial has no referUrl, so the REFER was rejected");
        return flow.Transfer is null ? null : "A transfer of this call is in progress";
    }

    // Fetches the TwiML. Returns null if that fails. Without answerOnBridge, the phone is disconnected in both cases.
    public async Task<TwimlSource?> FetchAsync(TwimlFetcher fetcher, string referTo)
    {
        var source = connection.Refer! with { More = [new("ReferTransferTarget", $"<{referTo}>"), .. transferor.SipParameters] };
        var document = await fetcher.TryFetchAsync(transferee, source, flow.Stop);
        if (document is not null) return source with { Fetched = document };
        if (!connection.AnswersOnBridge) await transferor.HangUpAsync(LegStatus.Completed);
        return null;
    }

    // Gives the transferee to the flow that runs the TwiML: at once, or when the target has answered.
    public async Task StartAsync(CallFlow next)
    {
        next.IsGuest = connection.AnswersOnBridge;
        if (connection.AnswersOnBridge) flow.Transfer = next;
        else await DisconnectAsync();
    }

    public Task AnsweredAsync(CallFlow next)
    {
        if (!next.IsGuest) return Task.CompletedTask;
        next.IsGuest = false;
        return DisconnectAsync();
    }

    public void End() => flow.Transfer = null;

    private async Task DisconnectAsync()
    {
        flow.Transfer = null;
        if (flow.Leg == transferee) await flow.LeaveAsync();
        else flow.Dialled.Release(transferee);
    }

    private string Reject(int code, string reason)
    {
        transferor.Alert(code, reason);
        return $"{code} {reason}";
    }
}
