namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>What a test number makes the sandbox do. <see cref="InternalErrorAtEntry"/>, <see cref="InvalidAccountType"/> and
/// <see cref="InternalErrorAtSubmission"/> happen in the pay engine, before the gateway is asked; everything else is the gateway's answer.</summary>
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

/// <summary>A number that nobody owns, for trying one outcome.</summary>
/// <param name="Brand">Twilio's card type; empty for a bank account.</param>
/// <param name="Description">One line for whoever picks the number.</param>
public sealed record TestCard(string Number, string Brand, TestBehaviour Behaviour, string Description);
