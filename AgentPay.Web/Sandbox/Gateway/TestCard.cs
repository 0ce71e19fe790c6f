namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>
/// The simulated outcome of a test number.
/// <see cref="InternalErrorAtEntry"/>, <see cref="InvalidAccountType"/> and <see cref="InternalErrorAtSubmission"/> happen in the Pay
/// session, before the gateway is called. All others are responses of the gateway.
/// </summary>
public enum TestBehaviour
{
    Approves,
    Declines,
    HasNoFunds,
    HasExpired,
    HasWrongSecurityCode,
    AnswersSlowly,
    AnswersTooLateOnce,
    NeverAnswers,
    AnswersMalformed,
    FailsOnce,
    DropsConnectionOnce,
    InternalErrorAtEntry,
    InvalidAccountType,
    InternalErrorAtSubmission,
}

/// <summary>A test number that belongs to no real account, with its outcome.</summary>
/// <param name="Brand">Twilio's card type; empty for a bank account.</param>
/// <param name="Description">One line for the phone page.</param>
public sealed record TestCard(string Number, string Brand, TestBehaviour Behaviour, string Description);
