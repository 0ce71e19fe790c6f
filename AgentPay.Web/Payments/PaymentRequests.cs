using System.Net;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Sends the pending request of a payment to Twilio. A retry is the same request with the same idempotency key. Publishes a notice of each
/// accepted request.
/// </summary>
public sealed class PaymentRequests(
    PaymentsClient twilio,
    PaymentProfiles profiles,
    CallbackAddress address,
    PaymentNews news,
    PaymentMetrics metrics,
    TimeProvider clock,
    ILogger<PaymentRequests> log)
{
    /// <summary>Returns Twilio's answer; null when it is missing or unclear, so that the request is sent again.</summary>
    /// <param name="isAgain">The request may have been sent before, by this or another instance.</param>
    public async Task<PaymentEvent?> SendAsync(PaymentSession session, bool isAgain, CancellationToken cancellation)
    {
        var (pending, key, since) = (session.Pending!, session.PendingKey!, clock.GetTimestamp());
        var profile = profiles.Find(session.Plan.Profile);
        if (pending.Action == PaymentAction.Start && profile is null) return RefuseWithoutProfile(session, key, isAgain);
        try
        {
            var payment = pending.Action == PaymentAction.Start
                ? (await twilio.CreateAsync(session.Call, Create(session, profile!, key), cancellation)).Sid
                : (await twilio.UpdateAsync(session.Call, session.Payment!.Value, Update(session, pending, key), cancellation)).Sid;
            metrics.Commanded(pending.Action, since, "accepted");
            foreach (var notice in PaymentNotice.Of(session, pending, clock.GetUtcNow())) news.Publish(notice);
            return new ActionAccepted(clock.GetUtcNow(), key, payment);
        }
        catch (TwilioException unclear) when (!IsRefusal(unclear))
        {
            metrics.Commanded(pending.Action, since, PaymentMetrics.Unanswered, unclear.Code);
            log.Unanswered(session.Id, pending.Action, unclear.Code, unclear.RequestId);
            return null;
        }
        catch (TwilioException refused)
        {
            metrics.Commanded(pending.Action, since, "refused", refused.Code);
            log.Refused(session.Id, pending.Action, refused.Code, refused.RequestId);
            var code = refused.Code ?? (int)refused.Status!;
            return new ActionRefused(clock.GetUtcNow(), key, code, isAgain || refused.IsAmbiguous);
        }
    }

    /// <summary>
    /// Cancels the Twilio session of a payment that is over. If that fails, the next callback of the session triggers it again.
    /// </summary>
    public async Task CloseAsync(PaymentSession session, PaymentSid payment)
    {
        log.SessionStillOpen(session.Id);
        var cancel = new PendingAction(PaymentAction.Cancel, clock.GetUtcNow());
        try
        {
            await twilio.UpdateAsync(session.Call, payment, Update(session, cancel, cancel.Key(session.Id)), CancellationToken.None);
        }
        catch (TwilioException failed)
        {
            log.Refused(session.Id, PaymentAction.Cancel, failed.Code, failed.RequestId);
        }
    }

    /// <summary>The profile was removed from the configuration. Another profile could send the money to another account.</summary>
    private ActionRefused RefuseWithoutProfile(PaymentSession session, string key, bool isAgain)
    {
        log.ProfileGone(session.Id, session.Plan.Profile);
        return new ActionRefused(clock.GetUtcNow(), key, null, isAgain);
    }

    /// <summary>
    /// Whether the request certainly had no effect: a 4xx, except 408 and 429. After a timeout, a redirect or an unreadable answer, the
    /// request may have taken effect.
    /// </summary>
    internal static bool IsRefusal(TwilioException answer) =>
        answer.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not HttpStatusCode.RequestTimeout
            and not HttpStatusCode.TooManyRequests;

    private CreatePayment Create(PaymentSession session, PaymentProfile profile, string key)
    {
        var plan = session.Plan;
        return new()
        {
            IdempotencyKey = key,
            StatusCallback = address.Of(session.Id),
            Goal = GoalOf(plan),
            PaymentMethod = profile.PaymentMethod,
            BankAccountType = profile.PaymentMethod == PaymentMethod.AchDebit ? profile.BankAccountType : null,
            PaymentConnector = plan.Connector,
            Description = plan.Description,
            PostalCode = plan.Fields.Contains(CaptureField.PostalCode),
            SecurityCode = plan.Fields.Contains(CaptureField.SecurityCode),
            MinPostalCodeLength = profile.MinPostalCodeLength,
            Timeout = plan.KeyTimeout ?? profile.Timeout,
            ValidCardTypes = PaymentProfiles.CardTypesOf(profile),
            RequireMatchingInputs = PaymentProfiles.Fields(profile.RequireMatchingInputs) is { Count: > 0 } twice ? twice : null,
            Confirmation = plan.IsConfirmedByCaller ? true : null,
            Parameter = ParametersOf(plan, profile),
        };
    }

    /// <summary>The planner has validated the amount, so an invalid amount is a bug.</summary>
    private static PaymentGoal GoalOf(PaymentPlan plan)
    {
        if (!Currency.TryParse(plan.Currency, out var currency)) throw new InvalidOperationException("The plan has no currency");
        if (plan.Amount is not { } value) return new PaymentGoal.Token(plan.TokenType, currency);
        return ChargeAmount.TryCreate(value, currency, out var amount, out var problem)
            ? new PaymentGoal.Charge(amount)
            : throw new InvalidOperationException($"The plan's amount is {problem}");
    }

    private UpdatePayment Update(PaymentSession session, PendingAction pending, string key) => new()
    {
        IdempotencyKey = key,
        StatusCallback = address.Of(session.Id),
        Step = pending.Action switch
        {
            PaymentAction.Capture => new PaymentStep.Capture(pending.Field!.Value),
            PaymentAction.Complete => new PaymentStep.Complete(),
            _ => new PaymentStep.Cancel(),
        },
    };

    private static Dictionary<string, string>? ParametersOf(PaymentPlan plan, PaymentProfile profile)
    {
        var parameters = new Dictionary<string, string>(profile.Parameters);
        if (plan.Reference is { Length: > 0 } reference) parameters["reference"] = reference;
        return parameters.Count == 0 ? null : parameters;
    }
}
