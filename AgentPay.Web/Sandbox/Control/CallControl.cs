using System.Buffers;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Control;

// The phones in the control API: calling, answering, hanging up and pressing keys.
internal sealed class CallControl(TelephoneNetwork network, Legs legs, TimeProvider clock)
{
    private const int MaxKeys = 1000;
    private const int MaxUuiLength = 256;
    private const int MaxReferToLength = 256;
    private static readonly SearchValues<char> Keypad = SearchValues.Create("0123456789#*");

    // How long a key request waits for the callbacks that the keys caused.
    private static readonly TimeSpan CallbackTimeout = TimeSpan.FromSeconds(15);

    public async Task<IResult> CallInAsync(HttpRequest request)
    {
        var (call, problem) = await ControlEndpoints.ReadAsync<CallInRequest>(request);
        if (call is null) return problem!;
        if (!E164Number.IsE164(call.From)) return NotE164("from");
        if (!E164Number.IsE164(call.To)) return NotE164("to");
        var leg = await network.CallInAsync(call.From!, call.To!, call.Answer);
        return Json(new { CallSid = leg.Sid });
    }

    public async Task<IResult> CallOutAsync(HttpRequest request)
    {
        var (call, problem) = await ControlEndpoints.ReadAsync<CallOutRequest>(request);
        if (call is null) return problem!;
        if (!E164Number.IsE164(call.To)) return NotE164("to");
        if (call.From is not null && !E164Number.IsE164(call.From) && SipAddress.Parse(call.From) is null)
            return ControlEndpoints.Problem("from must be a number in E.164 format, such as +61280000000, or a SIP URI");
        if (call.Uui is { } uui && (uui.Length is 0 or > MaxUuiLength || uui.Any(c => c is < ' ' or > '~')))
            return ControlEndpoints.Problem($"uui must be 1 to {MaxUuiLength} printable ASCII characters");
        var leg = await network.CallOutAsync(call.From, call.To!, call.Uui, call.Answer);
        return Json(new { CallSid = leg.Sid, ChildSid = legs.ChildrenOf(leg).OrderBy(l => !l.HasEnded).LastOrDefault()?.Sid });
    }

    public async Task<IResult> AnswerAsync(string sid)
    {
        if (legs.Find(sid) is not { } leg) return NotFound(sid);
        if (leg.ParentSid is null) return Conflict($"{sid} is the caller's own leg, which cannot be answered. {DescribeRinging(leg)}");
        var reaction = network.CallerReaction(leg);
        if (!leg.Answer()) return Conflict($"{sid} is not ringing: it is {leg.Status.ToName()}");
        await reaction;
        return Json(CallReport.Of(leg, legs));
    }

    public async Task<IResult> HangUpAsync(string sid)
    {
        if (legs.Find(sid) is not { } leg) return NotFound(sid);
        var reaction = network.CallerReaction(leg);
        var unanswered = leg.ParentSid is null ? LegStatus.Canceled : LegStatus.Busy;
        if (!await leg.HangUpAsync(unanswered)) return Conflict($"{sid} has already ended: it is {leg.Status.ToName()}");
        await reaction;
        return Json(CallReport.Of(leg, legs));
    }

    // The SIP phone on this leg transfers the call. After a consultation, the PBX names the call that it wants to replace, and the target
    // answers at once.
    public async Task<IResult> ReferAsync(string sid, HttpRequest request)
    {
        var (refer, problem) = await ControlEndpoints.ReadAsync<ReferRequest>(request);
        if (refer is null) return problem!;
        if (refer.To is not { Length: > 0 } to || to.Any(c => c is <= ' ' or > '~' or '<' or '>'))
            return ControlEndpoints.Problem("to must be an extension such as 1002, a number in E.164 format, or a SIP URI");
        var referTo = E164Number.IsE164(to) ? "tel:" + to : to.Contains(':') ? to : $"sip:{to}@{TelephoneNetwork.PbxHost}";
        if (refer.Consulted) referTo += "?Replaces=consultation%40pbx%3Bto-tag%3D1%3Bfrom-tag%3D2";
        if (referTo.Length > MaxReferToLength) return ControlEndpoints.Problem($"to must have at most {MaxReferToLength} characters");
        if (legs.Find(sid) is not { } leg) return NotFound(sid);
        var refused = await network.ReferAsync(leg, referTo, refer.Answer || refer.Consulted);
        return refused is null ? Json(CallReport.Of(leg, legs)) : Conflict(refused);
    }

    public async Task<IResult> PressAsync(string sid, HttpRequest request)
    {
        var (keys, problem) = await ControlEndpoints.ReadAsync<KeysRequest>(request);
        if (keys is null) return problem!;
        if (keys.Digits is not { Length: > 0 and <= MaxKeys } || keys.Digits.AsSpan().ContainsAnyExcept(Keypad))
            return ControlEndpoints.Problem($"digits must be 1 to {MaxKeys} of the keys 0-9, # and *");
        if (keys.GapMs is < 0 or > 60_000) return ControlEndpoints.Problem("gapMs must be 0 to 60000 milliseconds");
        if (legs.Find(sid) is not { } leg) return NotFound(sid);
        var pending = new List<Func<Task>>();
        foreach (var key in keys.Digits)
        {
            if (pending.Count > 0 && keys.GapMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(keys.GapMs), clock);
            if (!leg.IsInProgress)
            {
                var state = $"{sid} is not connected: it is {leg.Status.ToName()}";
                return Conflict($"{state}. {pending.Count} keys were pressed. {DescribeRinging(leg)}");
            }
            pending.Add(await leg.PressAsync(key));
        }
        await WaitForCallbacksAsync(pending);
        return Json(CallReport.Of(leg, legs));
    }

    public IResult Show(string sid) => legs.Find(sid) is { } leg ? Json(CallReport.WithRequests(leg, legs)) : NotFound(sid);

    public IResult ShowAll() => Json(CallReport.OfAll(legs));

    private async Task WaitForCallbacksAsync(List<Func<Task>> pending)
    {
        try
        {
            await Task.WhenAll(pending.Select(s => s())).WaitAsync(CallbackTimeout, clock);
        }
        catch (TimeoutException)
        {
            // The keys have been processed. Only their callbacks are still pending.
        }
    }

    private string DescribeRinging(Leg parent) => legs.ChildrenOf(parent).LastOrDefault(l => l.IsRinging) is { } child
        ? $"The ringing phone is {child.Sid}."
        : "No phone is ringing for it.";

    private static IResult NotE164(string name) =>
        ControlEndpoints.Problem($"{name} must be a number in E.164 format, such as +61400000000");

    private static IResult NotFound(string sid) => ControlEndpoints.Problem($"There is no call {sid}", StatusCodes.Status404NotFound);

    private static IResult Conflict(string error) => ControlEndpoints.Problem(error, StatusCodes.Status409Conflict);

    private static IResult Json(object body) => Results.Json(body, SandboxJson.Control);

    private sealed record CallInRequest(string? From, string? To, bool Answer = true);

    private sealed record CallOutRequest(string? From, string? To, string? Uui, bool Answer = true);

    private sealed record ReferRequest(string? To, bool Answer = true, bool Consulted = false);

    private sealed record KeysRequest(string? Digits, int GapMs = 0);
}
