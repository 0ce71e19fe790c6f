namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>
/// The only numbers that the sandbox accepts: Twilio's numbers for connectors in TEST mode, and more for each error.
/// They work with any future expiration date, any security code and any postal code.
/// </summary>
public static class TestCards
{
    public static IReadOnlyList<TestCard> Cards { get; } =
    [
        new("4111111111111111", "visa", TestBehaviour.Approves, "Approved"),
        new("4444333322221111", "visa", TestBehaviour.Approves, "Approved"),
        new("5555555555554444", "mastercard", TestBehaviour.Approves, "Approved"),
        new("378282246310005", "amex", TestBehaviour.Approves, "Approved; the security code has four digits"),
        new("6011111111111117", "discover", TestBehaviour.Approves, "Approved if discover is a valid card type"),
        new("3056930009020004", "diners-club", TestBehaviour.Approves, "Approved if diners-club is a valid card type"),
        new("3566002020360505", "jcb", TestBehaviour.Approves, "Approved if jcb is a valid card type"),
        new("6200000000000005", "discover", TestBehaviour.Approves, "UnionPay; counts as discover"),
        new("6771798021000008", "maestro", TestBehaviour.Approves, "Approved if maestro is a valid card type; end it with #"),
        new("4000000000000002", "visa", TestBehaviour.Declines, "Declined"),
        new("4000000000009995", "visa", TestBehaviour.HasNoFunds, "Declined: insufficient funds"),
        new("4000000000000069", "visa", TestBehaviour.HasExpired, "Declined: expired card"),
        new("4000000000000127", "visa", TestBehaviour.HasWrongSecurityCode, "Declined: wrong security code"),
        new("4000000000000309", "visa", TestBehaviour.AnswersSlowly, "Approved, after 5 seconds"),
        new("4000000000000408", "visa", TestBehaviour.AnswersTooLateOnce, "Charged, answered after Twilio's timeout; approved on retry"),
        new("4000000000000507", "visa", TestBehaviour.NeverAnswers, "No answer from the gateway; fails after five attempts of 10 seconds"),
        new("4000000000000119", "visa", TestBehaviour.AnswersMalformed, "The gateway's answer is not JSON"),
        new("4000000000000606", "visa", TestBehaviour.FailsOnce, "HTML error page (500) at the first attempt; approved on retry"),
        new("4000000000000705", "visa", TestBehaviour.DropsConnectionOnce, "Charged, but the connection is lost; approved on retry"),
        new("4000000000000804", "visa", TestBehaviour.InternalErrorAtEntry, "Fails when captured: ErrorType=internal-error"),
        new("4000000000000903", "visa", TestBehaviour.InternalErrorAtSubmission, "Fails when submitted: Result=internal-error"),
    ];

    public static IReadOnlyList<TestCard> BankAccounts { get; } =
    [
        new("12345678", "", TestBehaviour.Approves, "Approved"),
        new("123456789", "", TestBehaviour.Approves, "Approved"),
        new("87654321", "", TestBehaviour.Declines, "Declined"),
        new("11112222", "", TestBehaviour.InvalidAccountType, "Fails when captured: ErrorType=invalid-bank-account-type"),
    ];

    public static TestCard? FindCard(string number) => Cards.FirstOrDefault(card => card.Number == number);

    public static TestCard? FindBankAccount(string number) => BankAccounts.FirstOrDefault(account => account.Number == number);
}
