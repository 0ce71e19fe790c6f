namespace AgentPay.Web.Events;

/// <summary>The answer to an event.</summary>
/// <param name="At">When it arrived, or the attempt was given up, UTC.</param>
/// <param name="Status">The HTTP status; null without an answer.</param>
/// <param name="Problem">Why there is no answer, for logs; null when there is one.</param>
public sealed record EventAnswer(DateTimeOffset At, int? Status, string? Problem = null)
{
    public bool IsAccepted => Status is >= 200 and < 300;
}

/// <summary>The last answers that this instance has received.</summary>
/// <param name="Accepted">Null when no event was accepted yet.</param>
/// <param name="Refused">The last event that was not accepted; null when all were.</param>
public sealed record EventAnswers(EventAnswer? Accepted, EventAnswer? Refused);
