using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// The Payments API's resources. One request at a time: all of them are short, and of two that come at once the second must see what the first did.
/// </summary>
/// <remarks>
/// Idempotency, which Twilio does not document: the same key on the same path with the same form gets the first answer again and has no effect;
/// the same key with other content is a new request, since Twilio's own demos use the call SID as the key of everything. Only accepted requests are
/// remembered: what was refused had no effect, and may be possible later.
/// </remarks>
public sealed class PaySessions(Legs legs, Connectors connectors, PayServices services) : IResettable, IDisposable
{
    private const int MostEnded = 1000;
    private const int MostAnswers = 10_000;

    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PaySession> _bySid = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, PaymentAnswer> _answers = new(StringComparer.Ordinal);

    public PaymentAnswer Create(PayRequest request)
    {
        var leg = legs.Find(request.CallSid) ?? throw Refusal.NotFound(request.Path);
        return Once(request, form =>
        {
            var terms = CreatePayment.Read(form, connectors);
            if (!leg.IsInProgress) throw Refusals.CallNotInProgress();
            if (_bySid.Values.Any(other => other.CallSid == leg.Sid && other.Ended is null)) throw Refusals.SessionInProgress();
            ForgetOld();
            var session = new PaySession(leg, terms, services);
            _bySid.Add(session.Sid, session);
            session.Start();
            return session;
        });
    }

    public PaymentAnswer Update(PayRequest request, string sid)
    {
        lock (_lock)
        {
            if (!_bySid.TryGetValue(sid, out var session) || session.CallSid != request.CallSid) throw Refusal.NotFound(request.Path);
            return Once(request, form =>
            {
                session.Update(UpdatePayment.Read(form));
                return session;
            });
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            foreach (var session in _bySid.Values) session.Dispose();
            _bySid.Clear();
            _answers.Clear();
        }
    }

    public void Dispose() => Reset();

    private PaymentAnswer Once(PayRequest request, Func<PayForm, PaySession> carryOut)
    {
        var fingerprint = request.Fingerprint();
        lock (_lock)
        {
            if (_answers.TryGetValue(fingerprint, out var first)) return first;
            var answer = Answer(carryOut(new(request.Form)));
            if (_answers.Count == MostAnswers) _answers.RemoveAt(0);
            _answers.Add(fingerprint, answer);
            return answer;
        }
    }

    private PaymentAnswer Answer(PaySession session) => new(
        SandboxAccount.Sid,
        session.CallSid,
        session.Sid,
        TwilioTime.Rfc2822(session.Created),
        TwilioTime.Rfc2822(services.Clock.GetUtcNow()),
        $"/2010-04-01/Accounts/{SandboxAccount.Sid}/Calls/{session.CallSid}/Payments/{session.Sid}.json");

    private void ForgetOld()
    {
        var horizon = services.Clock.GetUtcNow() - KeptAfterEnd;
        var ended = _bySid.Values.Where(session => session.Ended is not null).OrderByDescending(session => session.Ended).ToList();
        foreach (var old in ended.Where((session, newer) => newer >= MostEnded || session.Ended < horizon))
        {
            _bySid.Remove(old.Sid);
            old.Dispose();
        }
    }
}
