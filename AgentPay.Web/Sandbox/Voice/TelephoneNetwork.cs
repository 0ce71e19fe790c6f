using System.Collections.Concurrent;
using AgentPay.Web.Sandbox.Control;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Customers who call in, the PBX that calls out over the SIP domain, and the calls that come of it.</summary>
internal sealed class TelephoneNetwork(
    Switchboard switchboard, TwimlFetcher fetcher, CallerIds callerIds, IOptions<SandboxOptions> options, TimeProvider clock) : IResettable, IDisposable
{
    private const string PbxHost = "pbx.example.com";

    private readonly ConcurrentDictionary<string, CallFlow> _flows = new(StringComparer.Ordinal);
    private readonly SandboxOptions _options = options.Value;
    private CancellationTokenSource _running = new();

    /// <summary>A customer calls one of the account's numbers. Ends once the TwiML rings somebody, pauses, or is over.</summary>
    /// <param name="from">E.164, as is <paramref name="to"/>.</param>
    /// <param name="picksUp">The telephones that the call rings answer by themselves.</param>
    public async Task<Leg> CallInAsync(string from, string to, bool picksUp)
    {
        var leg = switchboard.Accept(from, to, [], _options.InboundStatusCallback);
        await Start(leg, TwimlSource.At(_options.InboundUrl), FallbackAt(_options.InboundFallbackUrl), picksUp).Settled;
        return leg;
    }

    /// <summary>The PBX calls a number over the SIP domain. Ends once the TwiML rings somebody, pauses, or is over.</summary>
    /// <param name="from">E.164 or a SIP URI; null means a number of the account.</param>
    /// <param name="to">E.164.</param>
    /// <param name="uui">Value of the configured UUI header; null means that the header is not sent.</param>
    public async Task<Leg> CallOutAsync(string? from, string to, string? uui, bool picksUp)
    {
        from ??= callerIds.Default;
        var caller = PhoneNumber.IsE164(from) ? $"sip:{from}@{PbxHost}" : SipAddress.Parse(from)!.Uri;
        List<KeyValuePair<string, string>> sip =
        [
            new("SipDomain", _options.SipDomain),
            new("SipDomainSid", "SD00000000000000000000000000000000"),
            new("SipCallId", $"{Guid.NewGuid()}@{PbxHost}"),
            new("SipSourceIp", "127.0.0.1"),
        ];
        if (uui is not null) sip.Add(new($"SipHeader_{_options.UuiHeader}", uui));
        var leg = switchboard.Accept(caller, $"sip:{to}@{_options.SipDomain}", sip, _options.OutboundStatusCallback);
        await Start(leg, TwimlSource.At(_options.OutboundUrl), FallbackAt(_options.OutboundFallbackUrl), picksUp).Settled;
        return leg;
    }

    /// <summary>Runs other TwiML on a leg; a dialled party leaves its caller for it. False when the leg is not in progress.</summary>
    public async Task<bool> RedirectAsync(Leg leg, TwimlSource source, Fallback? fallback)
    {
        if (!leg.IsInProgress) return false;
        if (_flows.TryGetValue(leg.Sid, out var own))
        {
            own.Fallback = fallback ?? own.Fallback;
            return await own.RedirectAsync(source);
        }
        DialledBy(leg)?.Dialled.Release(leg);
        Start(leg, source, fallback, false);
        return true;
    }

    /// <summary>Ends the leg when it has been talked on for so long.</summary>
    public void Limit(Leg leg, TimeSpan limit) => _ = LimitAsync(leg, limit, _running.Token);

    /// <summary>To be asked before a dialled telephone answers or hangs up, and awaited after: ends when its caller's TwiML has taken notice.</summary>
    public Task NoticeOf(Leg leg) => DialledBy(leg)?.NextPause ?? Task.CompletedTask;

    public void Reset()
    {
        var running = Interlocked.Exchange(ref _running, new());
        _flows.Clear();
        running.Cancel();
    }

    /// <summary>May be called more than once: the container owns this singleton under two names.</summary>
    public void Dispose() => _running.Cancel();

    private static Fallback? FallbackAt(string? url) => string.IsNullOrEmpty(url) ? null : new(url);

    private CallFlow? DialledBy(Leg leg) =>
        leg.ParentSid is { } parent && _flows.TryGetValue(parent, out var flow) && flow.Dialled.Contains(leg) ? flow : null;

    private CallFlow Start(Leg leg, TwimlSource source, Fallback? fallback, bool picksUp)
    {
        var flow = new CallFlow(leg, switchboard, fetcher, clock, _running.Token) { PicksUpAtOnce = picksUp, Fallback = fallback };
        _flows[leg.Sid] = flow;
        _ = RunAsync(flow, source);
        return flow;
    }

    private async Task RunAsync(CallFlow flow, TwimlSource source)
    {
        await Task.Yield();
        using (flow) await flow.RunAsync(source);
        _flows.TryRemove(KeyValuePair.Create(flow.Leg.Sid, flow));
    }

    private async Task LimitAsync(Leg leg, TimeSpan limit, CancellationToken running)
    {
        var left = limit - (clock.GetUtcNow() - (leg.AnsweredAt ?? clock.GetUtcNow()));
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCancellationRequested) await leg.HangUpAsync(LegStatus.NoAnswer);
    }
}
