using System.Collections.Concurrent;
using AgentPay.Web.Sandbox.Control;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Places calls from customers and from the PBX, and runs the TwiML of each leg.</summary>
internal sealed class TelephoneNetwork(
    Switchboard switchboard,
    TwimlFetcher fetcher,
    CallerIds callerIds,
    IOptions<SandboxOptions> options,
    TimeProvider clock) : IResettable, IDisposable
{
    public const string PbxHost = "pbx.example.com";

    private readonly ConcurrentDictionary<string, CallFlow> _flows = new(StringComparer.Ordinal);
    private readonly SandboxOptions _options = options.Value;
    private CancellationTokenSource _running = new();

    /// <summary>
    /// A customer calls a number of the account. Completes when the TwiML rings a phone, pauses or ends. Numbers are in E.164.
    /// </summary>
    /// <param name="autoAnswers">Whether the phones that the call rings answer automatically.</param>
    public async Task<Leg> CallInAsync(string from, string to, bool autoAnswers)
    {
        var leg = switchboard.Accept(from, to, [], _options.InboundStatusCallback);
        await Start(leg, TwimlSource.At(_options.InboundUrl), FallbackAt(_options.InboundFallbackUrl), autoAnswers).FirstWait;
        return leg;
    }

    /// <summary>The PBX calls a number over the SIP domain. Completes when the TwiML rings a phone, pauses or ends.</summary>
    /// <param name="from">E.164 or a SIP URI; null means a number of the account.</param>
    /// <param name="to">E.164.</param>
    /// <param name="uui">The value of the configured UUI header; null omits the header.</param>
    public async Task<Leg> CallOutAsync(string? from, string to, string? uui, bool autoAnswers)
    {
        from ??= callerIds.Default;
        var caller = E164Number.IsE164(from) ? $"sip:{from}@{PbxHost}" : SipAddress.Parse(from)!.Uri;
        List<KeyValuePair<string, string>> sip =
        [
            new("SipDomain", _options.SipDomain),
            new("SipDomainSid", "SD00000000000000000000000000000000"),
            new("SipCallId", $"{Guid.NewGuid()}@{PbxHost}"),
            new("SipSourceIp", "127.0.0.1"),
        ];
        if (uui is not null) sip.Add(new($"SipHeader_{_options.UuiHeader}", uui));
        var leg = switchboard.Accept(caller, $"sip:{to}@{_options.SipDomain}", sip, _options.OutboundStatusCallback);
        await Start(leg, TwimlSource.At(_options.OutboundUrl), FallbackAt(_options.OutboundFallbackUrl), autoAnswers).FirstWait;
        return leg;
    }

    // Runs other TwiML on a leg. A dialled leg is detached from its caller. Returns false if the leg is not in progress.
    public async Task<bool> RedirectAsync(Leg leg, TwimlSource source, Fallback? fallback)
    {
        if (!leg.IsInProgress) return false;
        if (_flows.TryGetValue(leg.Sid, out var ownFlow))
        {
            ownFlow.Fallback = fallback ?? ownFlow.Fallback;
            return await ownFlow.RedirectAsync(source);
        }
        DialledBy(leg)?.Dialled.Release(leg);
        Start(leg, source, fallback, false);
        return true;
    }

    /// <summary>
    /// The SIP phone on this leg sends a REFER. Completes when the target rings, is connected, or cannot be reached.
    /// </summary>
    /// <param name="referTo">A SIP or tel URI, without angle brackets.</param>
    /// <returns>Why the call was not transferred; null if Twilio has accepted the request.</returns>
    public async Task<string?> ReferAsync(Leg leg, string referTo, bool autoAnswers)
    {
        if (Referral.Find(leg, _flows.Values) is not { } referral) return "The phone is not connected to another party";
        if (referral.Problem() is { } problem) return problem;
        if (await referral.FetchAsync(fetcher, referTo) is not { } source) return "The request to referUrl failed";
        var next = new CallFlow(referral.Transferee, switchboard, fetcher, clock, _running.Token)
        {
            AutoAnswers = autoAnswers,
            Answered = async flow =>
            {
                await referral.AnsweredAsync(flow);
                _flows[flow.Leg.Sid] = flow;
            },
        };
        await referral.StartAsync(next);
        // While the phone is still connected, the flow of the call may be registered for the leg.
        if (next.IsGuest) _flows.TryAdd(next.Leg.Sid, next);
        else _flows[next.Leg.Sid] = next;
        _ = RunAsync(next, source, referral.End);
        await next.FirstWait;
        return null;
    }

    // Hangs up the leg when it has been connected for this time.
    public void Limit(Leg leg, TimeSpan limit) => _ = LimitAsync(leg, limit, _running.Token);

    /// <summary>
    /// Completes when the caller's TwiML has processed a change of a dialled leg. Call it before the change and await it after.
    /// </summary>
    public Task CallerReaction(Leg leg) => DialledBy(leg)?.NextWait ?? Task.CompletedTask;

    public void Reset()
    {
        var running = Interlocked.Exchange(ref _running, new());
        _flows.Clear();
        running.Cancel();
    }

    // Called twice: the container registers this singleton under two service types.
    public void Dispose() => _running.Cancel();

    private static Fallback? FallbackAt(string? url) => string.IsNullOrEmpty(url) ? null : new(url);

    private CallFlow? DialledBy(Leg leg)
    {
        if (leg.ParentSid is not { } parent || !_flows.TryGetValue(parent, out var flow)) return null;
        return flow.Dialled.Contains(leg) ? flow : flow.Transfer?.Dialled.Contains(leg) == true ? flow.Transfer : null;
    }

    private CallFlow Start(Leg leg, TwimlSource source, Fallback? fallback, bool autoAnswers)
    {
        var flow = new CallFlow(leg, switchboard, fetcher, clock, _running.Token) { AutoAnswers = autoAnswers, Fallback = fallback };
        _flows[leg.Sid] = flow;
        _ = RunAsync(flow, source);
        return flow;
    }

    private async Task RunAsync(CallFlow flow, TwimlSource source, Action? ended = null)
    {
        await Task.Yield();
        using (flow) await flow.RunAsync(source);
        ended?.Invoke();
        _flows.TryRemove(KeyValuePair.Create(flow.Leg.Sid, flow));
        if (flow.Transfer is { } transfer) _flows.TryAdd(transfer.Leg.Sid, transfer);
    }

    private async Task LimitAsync(Leg leg, TimeSpan limit, CancellationToken running)
    {
        var left = limit - (clock.GetUtcNow() - (leg.AnsweredAt ?? clock.GetUtcNow()));
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCancellationRequested) await leg.HangUpAsync(LegStatus.NoAnswer);
    }
}
