namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>
/// The only numbers that the sandbox takes: those of Twilio's list for connectors in TEST mode, and its own for everything that can go wrong.
/// Any expiry date in the future, any security code and any postal code go with them.
/// </summary>
public static class TestCards
{
    public static IReadOnlyList<TestCard> Cards { get; } =
    [
        new("4111111111111111", "visa", TestBehaviour.Approves, "Approved"),
        new("4444333322221111", "visa", TestBehaviour.Approves, "Approved"),
        new("5555555555554444", "mastercard", TestBehaviour.Approves, "Approved"),
        new("378282246310005", "amex", TestBehaviour.Approves, "Approved; its security code has four digits"),
        new("6011111111111117", "discover", TestBehaviour.Approves, "Approved where discover is among the valid card types"),
        new("3056930009020004", "diners-club", TestBehaviour.Approves, "Approved where diners-club is among the valid card types"),
        new("3566002020360505", "jcb", TestBehaviour.Approves, "Approved where jcb is among the valid card types"),
        new("6200000000000005", "discover", TestBehaviour.Approves, "UnionPay, which Twilio's card types do not name: counts as discover"),
        new("6771798021000008", "maestro", TestBehaviour.Approves, "Approved where maestro is among the valid card types; end it with #"),
        new("4000000000000002", "visa", TestBehaviour.Declines, "Declined"),
        new("4000000000009995", "visa", TestBehaviour.HasNoFunds, "Declined: insufficient funds"),
        new("4000000000000069", "visa", TestBehaviour.HasExpired, "Declined: the bank says that the card has expired"),
        new("4000000000000127", "visa", TestBehaviour.HasWrongSecurityCode, "Declined: the bank says that the security code is wrong"),
        new("4000000000000309", "visa", TestBehaviour.AnswersSlowly, "Approved, after 5 seconds"),
        new("4000000000000408", "visa", TestBehaviour.AnswersTooLateOnce, "Charged at once, answered after Twilio has stopped waiting; the second try hears the first answer"),
        new("4000000000000507", "visa", TestBehaviour.NeverAnswers, "The gateway never answers: five tries of 10 seconds, then the payment fails"),
        new("4000000000000119", "visa", TestBehaviour.AnswersMalformed, "The gateway answers with something that is not JSON"),
        new("4000000000000606", "visa", TestBehaviour.FailsOnce, "The first try meets an HTML error page (500), the second is approved"),
        new("4000000000000705", "visa", TestBehaviour.DropsConnectionOnce, "Charged, then the connection breaks; the second try hears the first answer"),
        new("4000000000000804", "visa", TestBehaviour.InternalErrorAtEntry, "Capturing it fails: ErrorType=internal-error"),
        new("4000000000000903", "visa", TestBehaviour.InternalErrorAtSubmission, "Submitting it fails: Result=internal-error"),
    ];

    public static IReadOnlyList<TestCard> BankAccounts { get; } =
    [
        new("12345678", "", TestBehaviour.Approves, "Approved"),
        new("123456789", "", TestBehaviour.Approves, "Approved"),
        new("87654321", "", TestBehaviour.Declines, "Declined"),
        new("11112222", "", TestBehaviour.InvalidAccountType, "Capturing it fails: ErrorType=invalid-bank-account-type"),
    ];

    public static TestCard? FindCard(string number) => Cards.FirstOrDefault(card => card.Number == number);

    public static TestCard? FindBankAccount(string number) => BankAccounts.FirstOrDefault(account => account.Number == number);
}
