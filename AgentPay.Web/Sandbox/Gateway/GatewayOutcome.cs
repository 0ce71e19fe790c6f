namespace AgentPay.Web.Sandbox.Gateway;

// The final decision on a transaction: the ID of a charge or token, or the error.
public sealed record GatewayOutcome(bool IsCharge, string? Id, string? ErrorCode = null, string? ErrorMessage = null)
{
    // Returns null if this attempt of the transaction decides nothing.
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

    private static GatewayOutcome Declined(GatewayRequest request, string code, string message) =>
        new(request.IsCharge, null, code, message);
}
