namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>What the gateway decided about a transaction, once: the id of a charge or a token, or why there is none.</summary>
public sealed record GatewayOutcome(bool IsCharge, string? Id, string? ErrorCode = null, string? ErrorMessage = null)
{
    /// <summary>What a request leads to on the given try of its transaction; null when nothing is decided on that try.</summary>
    public static GatewayOutcome? Of(GatewayRequest request, int attempt) => request.Card?.Behaviour switch
    {
        TestBehaviour.NeverAnswers or TestBehaviour.AnswersMalformed => null,
        TestBehaviour.FailsOnce when attempt == 1 => null,
        TestBehaviour.Declines => Declined(request, "card_declined", "Your card was declined."),
        TestBehaviour.HasNoFunds => Declined(request, "insufficient_funds", "Your card has insufficient funds."),
        TestBehaviour.HasExpired => Declined(request, "expired_card", "Your card has expired."),
        TestBehaviour.HasWrongSecurityCode => Declined(request, "incorrect_cvc", "Your card's security code is incorrect."),
        null => Declined(request, "test_number_required", "This gateway takes test numbers only."),
        _ => new(request.IsCharge, (request.IsCharge ? "ch_" : "tok_") + Guid.NewGuid().ToString("N")),
    };

    private static GatewayOutcome Declined(GatewayRequest request, string code, string message) => new(request.IsCharge, null, code, message);
}
