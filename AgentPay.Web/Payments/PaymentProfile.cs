using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>One way of taking payments: a pay connector and what is asked for it.</summary>
public sealed class PaymentProfile
{
    public string Name { get; set; } = "Default";

    /// <summary>The unique name of the pay connector in Twilio's console.</summary>
    public string Connector { get; set; } = "Default";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Used when nothing is charged.</summary>
    public TokenType TokenType { get; set; } = TokenType.Reusable;

    public PaymentMethod PaymentMethod { get; set; } = PaymentMethod.CreditCard;

    public BankAccountType? BankAccountType { get; set; }

    /// <summary>Twilio's field names, separated by commas, in the order in which they are asked; empty means the usual order of the payment method.</summary>
    public string CaptureOrder { get; set; } = "";

    /// <summary>Twilio's card types, separated by spaces; empty means Twilio's default.</summary>
    public string ValidCardTypes { get; set; } = "";

    /// <summary>The longest pause between two keys; null means Twilio's default of five seconds.</summary>
    public TimeSpan? Timeout { get; set; }

    public int? MinPostalCodeLength { get; set; }

    /// <summary>Twilio's names of the fields that must be entered twice, separated by commas.</summary>
    public string RequireMatchingInputs { get; set; } = "";

    /// <summary>Whether the caller confirms the last four digits with a key.</summary>
    public bool Confirmation { get; set; }

    /// <summary>In major units of <see cref="Currency"/>; null means no limit of our own.</summary>
    public decimal? MaxAmount { get; set; }

    /// <summary>How often a field is asked before the agent must ask again by hand.</summary>
    public int Attempts { get; set; } = 1;

    /// <summary>Passed through to the gateway.</summary>
    public Dictionary<string, string> Parameters { get; set; } = [];
}
