using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Random sequences of clicks, answers, callbacks, retries, losses and time. A seed repeats a sequence.</summary>
public sealed class PaymentTransitionPropertyTests
{
    [Fact]
    public void Apply_WhateverHappensInWhateverOrder_KeepsItsPromises()
    {
        var ends = new HashSet<PaymentPhase>();
        for (var seed = 1; seed <= 3000; seed++) ends.Add(new Run(seed).ToItsEnd());

        ends.ShouldBe([PaymentPhase.Succeeded, PaymentPhase.Failed, PaymentPhase.Cancelled, PaymentPhase.Unknown], ignoreOrder: true);
    }

    /// <summary>
    /// One payment, an agent who clicks anything, and a Twilio that keeps its rules but loses, repeats and reorders its callbacks.
    /// </summary>
    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<PaymentEvent> _underway = [];
        private readonly Dictionary<string, int> _answered = [];
        private readonly HashSet<CaptureField> _missing = [.. Card];
        private PaymentSession _session =
            Starting(seed % 3 == 0 ? Plan with { Driver = PaymentDriver.Client } : Plan with { Attempts = 1 + (seed % 2) });
        private DateTimeOffset _now = Noon;
        private CaptureField? _open;
        private bool _ended;
        private bool _hungUp;
        private int _charges;

        public PaymentPhase ToItsEnd()
        {
            for (var step = 0; step < 80; step++) Step();
            Happen(new TimePassed(Noon.AddHours(1), Limits));
            Happen(new TimePassed(Noon.AddHours(2), Limits));
            _session.IsOver.ShouldBeTrue($"seed {seed}: {_session.Phase}");
            _charges.ShouldBeLessThanOrEqualTo(1, $"seed {seed}");
            if (_session.Phase == PaymentPhase.Succeeded) _charges.ShouldBe(1, $"seed {seed}");
            if (_charges == 1) _session.Phase.ShouldBeOneOf([PaymentPhase.Succeeded, PaymentPhase.Unknown], $"seed {seed}");
            return _session.Phase;
        }

        private void Step()
        {
            _now += TimeSpan.FromMilliseconds(_random.Next(2000));
            switch (_random.Next(20))
            {
                case < 6: SendPending(); break;
                case < 11: Deliver(); break;
                case < 15: CallerTypes(); break;
                case 15: Happen(new FieldAsked(_now, Card[_random.Next(Card.Length)])); break;
                case 16: Happen(new SubmitAsked(_now)); break;
                case 17 when _random.Next(6) == 0: Happen(new CancelAsked(_now)); break;
                case 18 when _random.Next(10) == 0: HangUp(); break;
                case 19: Happen(new TimePassed(_now, Limits)); break;
            }
        }

        /// <summary>The request goes out; its answer may be lost, and it may go out again.</summary>
        private void SendPending()
        {
            if (_session.Pending is not { } pending) return;
            // What was refused had no effect, so it may be answered otherwise later.
            var key = pending.Key(_session.Id);
            if (_answered.GetValueOrDefault(key, -1) != 0) _answered[key] = Receive(pending);
            if (_random.Next(4) == 0) return;
            _underway.Add(_answered[key] == 0 ? new ActionAccepted(_now, key, Pk) : new ActionRefused(_now, key, _answered[key]));
        }

        /// <summary>
        /// Zero when Twilio accepts it, else its error code. Sometimes it has forgotten the session that has ended, or the key.
        /// </summary>
        private int Receive(PendingAction pending)
        {
            if (_hungUp) return 21220;
            if (_ended) return _random.Next(2) == 0 ? 64021 : 20404;
            switch (pending.Action)
            {
                case PaymentAction.Start:
                    CallBack();
                    return 0;
                case PaymentAction.Capture:
                    _open = pending.Field;
                    _missing.Add(pending.Field!.Value);
                    CallBack(c => c with { Capture = pending.Field, Required = _missing.ToHashSet() });
                    return 0;
                case PaymentAction.Complete when _missing.Count > 0:
                    return 64019;
                case PaymentAction.Complete:
                    _charges++;
                    End("success");
                    // The answer may be lost, and the key forgotten.
                    return _random.Next(3) == 0 ? 64021 : 0;
                default:
                    End("transaction-cancelled");
                    return 0;
            }
        }

        private void CallerTypes()
        {
            if (_ended || _open is not { } field) return;
            switch (_random.Next(5))
            {
                case 0:
                    CallBack(c => c with { Capture = field, IsPartial = true, Required = _missing.ToHashSet(),
                        Shown = new Dictionary<CaptureField, string> { [field] = "xx" } });
                    return;
                case 1:
                    _open = null;
                    CallBack(c => c with { Capture = field, ErrorType = "invalid-card-number", Required = _missing.ToHashSet() });
                    return;
                default:
                    _open = null;
                    _missing.Remove(field);
                    CallBack(c => c with { Capture = field, Required = _missing.ToHashSet(),
                        Shown = new Dictionary<CaptureField, string> { [field] = Mask(field) } });
                    return;
            }
        }

        private void HangUp()
        {
            if (!_ended) End("caller-hung-up");
            _hungUp = true;
            _underway.Add(new CallEnded(_now));
        }

        private void End(string result)
        {
            _ended = true;
            _open = null;
            CallBack(c => c with { Outcome = new(result) });
        }

        private void CallBack(Func<PayCallback, PayCallback>? change = null)
        {
            if (_random.Next(12) != 0) _underway.Add(Callback((_now - Noon).TotalSeconds, change));
        }

        /// <summary>Anything underway arrives, in any order, sometimes twice.</summary>
        private void Deliver()
        {
            if (_underway.Count == 0) return;
            var index = _random.Next(_underway.Count);
            var arrived = _underway[index];
            if (_random.Next(5) != 0) _underway.RemoveAt(index);
            Happen(arrived);
        }

        /// <summary>What a field may be asked for without the agent: what Twilio says is missing, or what was never captured.</summary>
        private static IEnumerable<CaptureField> StillMissing(PaymentEvent happened, PaymentSession before) =>
            happened is CalledBack { Callback.Required: { } required } ? required
                : before.Rows.Where(r => r.Progress != FieldProgress.Captured).Select(r => r.Field);

        private void Happen(PaymentEvent happened)
        {
            var before = _session;
            _session = before.Apply(happened);
            var why = $"seed {seed}: {happened} in {before.Phase} led to {_session.Phase}";
            if (before.IsFinal) _session.ShouldBeSameAs(before, why);
            _session.Rows.Count(r => r.IsOpen).ShouldBeLessThanOrEqualTo(1, why);
            if (_session.Pending is { Action: PaymentAction.Capture } asked && asked != before.Pending && happened is not FieldAsked)
                StillMissing(happened, before).ShouldContain(asked.Field!.Value, why);
            if (_session.Pending is { Action: PaymentAction.Complete } complete && complete != before.Pending)
                (before.Phase, happened.GetType()).ShouldBe((PaymentPhase.Ready, typeof(SubmitAsked)), why);
            if (_session.Phase == PaymentPhase.Ready) _session.Rows.ShouldAllBe(r => r.Progress == FieldProgress.Captured, why);
        }
    }
}
