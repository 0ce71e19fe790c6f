using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Pay;

// The resources of the Payments API. Requests run one at a time: they are short, and of two concurrent ones the second must see the result
// of the first.
//
// Twilio does not document idempotency. Here, the same key on the same path with the same form gets the first response and has no effect.
// The same key with other content is a new request, because Twilio's own demos use the call SID as the key of every request.
// Rejected requests are not remembered, because they had no effect and may succeed later.
public sealed class PaySessions(Legs legs, Connectors connectors, PayServices services) : IResettable, IDisposable
{
    private const int MaxEnded = 1000;
    private const int MaxAnswers = 10_000;

    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PaySession> _bySid = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, PaymentAnswer> _answers = new(StringComparer.Ordinal);

    public PaymentAnswer Create(PayRequest request)
    {
        var leg = legs.Find(request.CallSid) ?? throw ApiError.NotFound(request.Path);
        return ExecuteOnce(request, form =>
        {
            var terms = CreatePaymentRequest.Read(form, connectors);
            if (!leg.IsInProgress) throw PayErrors.CallNotInProgress();
            if (_bySid.Values.Any(other => other.CallSid == leg.Sid && other.Ended is null)) throw PayErrors.SessionInProgress();
            RemoveOld();
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
            if (!_bySid.TryGetValue(sid, out var session) || session.CallSid != request.CallSid) throw ApiError.NotFound(request.Path);
            return ExecuteOnce(request, form =>
            {
                session.Update(UpdatePaymentRequest.Read(form));
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

    private PaymentAnswer ExecuteOnce(PayRequest request, Func<PayForm, PaySession> execute)
    {
        var fingerprint = request.Fingerprint();
        lock (_lock)
        {
            if (_answers.TryGetValue(fingerprint, out var first)) return first;
            var answer = Answer(execute(new(request.Form)));
            if (_answers.Count == MaxAnswers) _answers.RemoveAt(0);
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

    private void RemoveOld()
    {
        var oldest = services.Clock.GetUtcNow() - RetentionPeriod;
        var ended = _bySid.Values.Where(session => session.Ended is not null).OrderByDescending(session => session.Ended).ToList();
        foreach (var old in ended.Where((session, newer) => newer >= MaxEnded || session.Ended < oldest))
        {
            _bySid.Remove(old.Sid);
            old.Dispose();
        }
    }
}
